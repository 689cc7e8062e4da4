"""Mapping files: columns and values to roles and groups; what is wrong with one is named at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from connector.errors import RosterError
from connector.models import Role, Status
from connector.roster import Roster, read_roster
from connector.roster_formats import OKTA
from connector.roster_mapping import RosterMapping, parse_mapping, read_mapping

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "fixtures" / "rosters"

Mapped = Callable[[str, str], Roster]


@pytest.fixture
def mapped(tmp_path: Path) -> Mapped:
    """Reads a roster with a mapping, both given as texts."""

    def read(mapping: str, text: str) -> Roster:
        path = tmp_path / "people.csv"
        path.write_text(text, encoding="utf-8")
        return read_roster(path, mapping=parse_mapping(mapping, "mapping.toml", "0" * 64))

    return read


def problems(text: str) -> list[str]:
    with pytest.raises(RosterError) as refusal:
        parse_mapping(text, "mapping.toml")
    assert refusal.value.exit_code == 2
    return list(refusal.value.problems)


def test_the_sample_gives_roles_and_groups_by_title_and_department() -> None:
    roster = read_roster(SAMPLES / "okta.csv", mapping=read_mapping(SAMPLES / "mapping.toml"))
    assert roster.bad_rows == ()
    assert {row.email.partition(".")[0]: (row.role, row.groups, row.status) for row in roster.rows} == {
        "helena": (Role.MANAGER, ("Sales, EMEA",), Status.ACTIVE),
        "samuel": (Role.LEARNER, ("Engineering", "R&D"), Status.ACTIVE),
        "grace": (Role.LEARNER, ("Customer Success",), Status.ACTIVE),
        "peter": (Role.LEARNER, ("Sales, EMEA",), Status.DEACTIVATED),
        "omar": (Role.LEARNER, ("Engineering", "R&D"), Status.DEACTIVATED),
    }
    assert {row.email.partition("@")[0] for row in roster.set_aside} == {"lena.fuchs", "svc.backup"}
    assert roster.mapping is not None
    assert {"Role", "Groups"} <= set(roster.columns)


def test_the_example_in_the_documentation_is_the_sample() -> None:
    text = (ROOT / "docs" / "rosters.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert example == (SAMPLES / "mapping.toml").read_text(encoding="utf-8")


def test_columns_are_found_by_the_names_that_the_file_gives(mapped: Mapped) -> None:
    roster = mapped(
        '[columns]\nemail = "Contact"\nfirst_name = "Called"\nlast_name = "Family"\nstatus = "Stand"\n'
        '[status]\nleft = "deactivated"\nhere = "active"\n"on leave" = "leave alone"\n',
        "Contact,Called,Family,Stand,Email\n"
        "a@x.example,Ann,Lee,Here,z@x.example\nb@x.example,Bo,Wu,left,\nc@x.example,Cy,Orr,On Leave,\n",
    )
    assert [(row.email, row.status) for row in roster.rows] == [
        ("a@x.example", Status.ACTIVE),
        ("b@x.example", Status.DEACTIVATED),
    ]
    assert [row.reason for row in roster.set_aside] == ["the status is 'On Leave'"]


HEADER = "Email,First name,Last name"


def test_a_value_is_compared_without_case_and_a_list_item_by_item(mapped: Mapped) -> None:
    roster = mapped(
        '[groups.Entitlements]\n"lms-sales" = "Sales"\n"LMS-RND" = ["R&D", "Labs"]\n',
        f"{HEADER},Entitlements\na@x.example,Ann,Lee,LMS-Sales; lms-rnd;VPN\nb@x.example,Bo,Wu,\n",
    )
    assert [row.groups for row in roster.rows] == [("Sales", "R&D", "Labs"), ()]
    assert "values of Entitlements that the mapping file does not name: 'VPN' (1 row)" in roster.notes


def test_a_star_is_any_other_value_and_defaults_are_for_whom_nothing_else_gives_any(mapped: Mapped) -> None:
    roster = mapped(
        '[roles.Title]\nBoss = "manager"\n"*" = "content creator"\n'
        '[defaults]\nrole = "learner"\ngroups = "New Hires"\n',
        f"{HEADER},Title,Groups\na@x.example,Ann,Lee,boss,Sales\nb@x.example,Bo,Wu,Clerk,\nc@x.example,Cy,Orr,,\n",
    )
    assert [(row.role, row.groups) for row in roster.rows] == [
        (Role.MANAGER, ("Sales",)),
        (Role.CONTENT_CREATOR, ("New Hires",)),
        (Role.LEARNER, ("New Hires",)),
    ]


def test_a_rule_on_the_column_of_groups_or_roles_translates_it(mapped: Mapped) -> None:
    roster = mapped(
        '[groups.Team]\nVertrieb = "Sales"\n[roles.Role]\nLeitung = "manager"\n',
        f"{HEADER},Team,Role\na@x.example,Ann,Lee,Vertrieb,Leitung\n",
    )
    assert (roster.rows[0].groups, roster.rows[0].role) == (("Sales",), Role.MANAGER)
    assert roster.bad_rows == ()


def test_two_roles_for_one_person_are_refused_and_not_chosen_from(mapped: Mapped) -> None:
    roster = mapped(
        '[roles.Title]\nBoss = "manager"\n[roles.Dept]\nIT = "admin"\n',
        f"{HEADER},Title,Dept\na@x.example,Ann,Lee,Boss,IT\nb@x.example,Bo,Wu,Boss,\n",
    )
    assert [row.email for row in roster.rows] == ["b@x.example"]
    (bad,) = roster.bad_rows
    assert bad.reason == "it says more than one role: manager by Title 'Boss' and admin by Dept 'IT'"


def test_an_ignored_row_needs_no_names_and_still_names_somebody(mapped: Mapped) -> None:
    roster = mapped(
        '[ignore]\nKind = ["Service", "Room"]\n',
        f"{HEADER},Kind\nsvc@x.example,,,service\nb@x.example,Bo,Wu,Person\n",
    )
    assert [(row.email, row.reason) for row in roster.set_aside] == [
        ("svc@x.example", "Kind is 'service', which the mapping file ignores")
    ]
    assert len(roster.rows) == 1
    assert roster.bad_rows == ()


def test_a_column_that_is_not_in_the_roster_is_named_with_the_closest_one(mapped: Mapped) -> None:
    with pytest.raises(RosterError) as refusal:
        mapped('[groups.Departmnet]\nIT = "IT"\n', f"{HEADER},Department\na@x.example,Ann,Lee,IT\n")
    said = "there is no column 'Departmnet', of which the mapping file speaks (did you mean 'Department'?)"
    assert said in str(refusal.value)


def test_a_mapping_and_an_option_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="--format says okta, and the mapping file entra"):
        read_roster(SAMPLES / "okta.csv", form=OKTA, mapping=parse_mapping('format = "entra"', "m.toml"))


def test_everything_wrong_with_a_mapping_is_named_at_once() -> None:
    found = problems(
        'formatt = "okta"\n[columns]\nfirstname = "First"\nemail = ""\n[status]\nGONE = "deactivate"\n'
        '[roles]\nTitle = "manager"\n[roles.Dept]\nIT = "superuser"\n[groups.Team]\nA = ["=1+1"]\nB = 3\n'
        '[defaults]\nroles = "learner"\n[ignore]\nKind = []\nOther = 5\n'
    )
    assert found == [
        "there is no key formatt (did you mean format?)",
        "there is no key columns.firstname (did you mean columns.first_name?)",
        "columns.email is an empty text; expected a text",
        "there is no key defaults.roles (did you mean defaults.role?)",
        "status.GONE: there is no meaning 'deactivate' (did you mean 'deactivated'?)",
        "ignore.Other is a number; expected a text or a list of texts",
        'roles.Title is a text; expected a table of values, [roles."Title"]',
        "roles.Dept.IT: there is no role 'superuser' (known: learner, manager, admin, content_creator)",
        "groups.Team.A: '=1+1' starts with '=', which makes a formula of it in a spreadsheet",
        "groups.Team.B is a number; expected a text or a list of texts",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('format = "octa"', "there is no roster format 'octa'; did you mean 'okta'?"),
        ("columns = 3", "columns is a number; expected a table, [columns]"),
        ('[columns]\nemail = "A"\nrole = "a"', "columns.email and columns.role are the same column, 'a'"),
        ('[roles.T]\nBoss = "manager"\nboss = "admin"', "roles.T: 'boss' is there twice, in different spellings"),
    ],
)
def test_each_problem_says_where_it_is(text: str, said: str) -> None:
    assert any(said in problem for problem in problems(text))


def test_what_is_no_toml_and_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match=r"mapping\.toml is not TOML: Expected"):
        parse_mapping("[roles", "mapping.toml")
    with pytest.raises(RosterError, match="cannot be read as a mapping"):
        read_mapping(tmp_path / "missing.toml")
    (tmp_path / "latin.toml").write_bytes(b'format = "\xe9"')
    with pytest.raises(RosterError, match="it is not UTF-8 text"):
        read_mapping(tmp_path / "latin.toml")


def test_an_empty_mapping_says_nothing() -> None:
    assert parse_mapping("", "mapping.toml") == RosterMapping()
