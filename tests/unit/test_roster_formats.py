"""User exports of other systems: known by their header, leavers by status, and nothing guessed where two fit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from connector.errors import InputError, RosterError
from connector.models import Status
from connector.roster import Roster, read_addresses, read_roster
from connector.roster_formats import BAMBOO, ENTRA, FORMATS, GOOGLE, OKTA, OWN, format_named

SAMPLES = Path(__file__).parents[2] / "fixtures" / "rosters"

Write = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    def write(text: str) -> Path:
        path = tmp_path / "people.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def statuses(roster: Roster) -> dict[str, Status | None]:
    return {row.email.partition("@")[0]: row.status for row in roster.rows}


def aside(roster: Roster) -> dict[str, str]:
    return {row.email.partition("@")[0]: row.reason for row in roster.set_aside}


def test_an_okta_export_is_read_with_its_leavers() -> None:
    roster = read_roster(SAMPLES / "okta.csv")
    assert roster.format == "okta"
    assert "read as a user export of Okta, by its columns" in roster.notes[2]
    assert statuses(roster) == {
        "helena.brandt": Status.ACTIVE,
        "samuel.adeyemi": Status.ACTIVE,
        "grace.okafor": Status.ACTIVE,
        "peter.novak": Status.DEACTIVATED,
        "svc.backup": Status.ACTIVE,
    }
    assert aside(roster) == {"lena.fuchs": "the status is 'STAGED'", "omar.haddad": "the status is 'SUSPENDED'"}
    assert roster.notes[-1] == "left alone: line 6 (the status is 'STAGED'), line 7 (the status is 'SUSPENDED')"
    assert [str(bad) for row in roster.rows if (bad := row.unnamed())] == [
        "line 8, First name: it is empty; Last name: it is empty"
    ]
    assert roster.bad_rows == ()
    assert roster.rows[2].managers == ("helena.brandt@northwind.example",)


def test_an_entra_export_is_read_and_a_user_principal_name_is_no_address() -> None:
    roster = read_roster(SAMPLES / "entra.csv")
    assert roster.format == "entra"
    assert statuses(roster)["Bill.Hargreaves"] is Status.DEACTIVATED
    assert statuses(roster)["maria.garcia.lopez"] is Status.ACTIVE
    assert {row.email for row in roster.rows} >= {"partner@contoso.example"}
    assert [(row.line, row.column, row.reason) for row in roster.bad_rows] == [(6, "Email", "it is empty")]
    assert "Managers" not in roster.columns


def test_a_google_export_is_read_with_suspended_and_archived_people_as_leavers() -> None:
    roster = read_roster(SAMPLES / "google.csv")
    assert roster.format == "google"
    assert statuses(roster) == {
        "helena.brandt": Status.ACTIVE,
        "grace.okafor": Status.ACTIVE,
        "maria.garcia2": Status.DEACTIVATED,
        "renate.vogel": Status.DEACTIVATED,
    }
    assert roster.rows[1].managers == ("helena.brandt@northwind.example",)


def test_a_bamboohr_report_is_read_and_a_managers_name_is_no_address() -> None:
    roster = read_roster(SAMPLES / "bamboohr.csv")
    assert roster.format == "bamboohr"
    assert statuses(roster)["ann"] is Status.DEACTIVATED
    assert roster.rows[1].managers == ("helena.brandt@northwind.example",)
    assert "'Reports To'" in roster.notes[2]


@pytest.mark.parametrize("name", ["new-hires.csv", "excel-semicolon.csv", "utf8-bom.csv", "positional.csv"])
def test_our_own_rosters_are_still_our_own(name: str) -> None:
    roster = read_roster(SAMPLES / name)
    assert roster.format == "workramp"
    assert not any("read as a" in note for note in roster.notes)


@pytest.mark.parametrize(
    ("form", "word", "status"),
    [
        (OKTA, "STAGED", None),
        (OKTA, "PROVISIONED", Status.ACTIVE),
        (OKTA, "pending user action", Status.ACTIVE),
        (OKTA, "RECOVERY", Status.ACTIVE),
        (OKTA, "Password expired", Status.ACTIVE),
        (OKTA, "locked out", Status.ACTIVE),
        (OKTA, "SUSPENDED", None),
        (OKTA, "DEPROVISIONED", Status.DEACTIVATED),
        (OKTA, "Deactivated", Status.DEACTIVATED),
        (ENTRA, "TRUE", Status.ACTIVE),
        (ENTRA, "false", Status.DEACTIVATED),
        (GOOGLE, "Suspended", Status.DEACTIVATED),
        (GOOGLE, "Archived", Status.DEACTIVATED),
        (BAMBOO, "Inactive", Status.DEACTIVATED),
        (BAMBOO, "Terminated", Status.DEACTIVATED),
        (OWN, "inactive", Status.DEACTIVATED),
    ],
)
def test_each_documented_status_has_its_meaning(form: object, word: str, status: Status | None) -> None:
    meaning = form.meaning_of(word)  # type: ignore[attr-defined]
    assert meaning is not None
    assert meaning.status is status


def test_an_unknown_status_is_a_bad_row_that_names_the_known_ones(written: Write) -> None:
    path = written("login,email,firstName,lastName,status\na,a@x.example,Ann,Lee,GONE\n")
    (bad,) = read_roster(path).bad_rows
    assert bad.column == "Status"
    assert bad.reason.startswith("there is no status 'GONE' (known: STAGED, PROVISIONED, ")


def test_where_two_formats_fit_the_file_is_refused_and_format_decides(written: Write) -> None:
    path = written(
        "login,email,firstName,lastName,userPrincipalName,surname,givenName,mail\n"
        "a,a@x.example,Ann,Lee,b@x.example,Wu,Bo,c@x.example\n"
    )
    with pytest.raises(RosterError) as refusal:
        read_roster(path)
    assert "it could be a user export of Okta and a user export of Microsoft Entra ID" in str(refusal.value)
    assert "--format okta or --format entra or --format workramp" in str(refusal.value)
    assert read_roster(path, form=OKTA).rows[0].email == "a@x.example"
    entra = read_roster(path, form=ENTRA)
    assert (entra.rows[0].email, entra.rows[0].first_name) == ("c@x.example", "Bo")
    assert "read as a user export of Microsoft Entra ID, as was said" in entra.notes[2]


def test_a_format_that_was_said_names_the_columns_that_it_lacks(written: Write) -> None:
    with pytest.raises(RosterError) as refusal:
        read_roster(written("Email,First name,Last name\na@x.example,Ann,Lee\n"), form=ENTRA)
    text = str(refusal.value)
    assert "there is no column mail" in text
    assert "there is no column givenName" in text
    assert "there is no column surname" in text


def test_a_format_needs_a_header(written: Write) -> None:
    with pytest.raises(RosterError, match="there is no header"):
        read_roster(written("a@x.example,Ann,Lee\n"), form=OKTA)
    assert read_roster(written("a@x.example,Ann,Lee\n"), form=OWN).rows[0].first_name == "Ann"


def test_an_unknown_format_names_the_closest_one() -> None:
    with pytest.raises(InputError, match="did you mean 'okta'") as refusal:
        format_named("octa")
    assert refusal.value.expected == " | ".join(FORMATS)
    assert format_named(" Entra ") is ENTRA


def test_the_addresses_of_an_export_are_read_too() -> None:
    assert [row.email.partition("@")[0] for row in read_addresses(SAMPLES / "google.csv").rows] == [
        "helena.brandt",
        "grace.okafor",
        "maria.garcia2",
        "renate.vogel",
    ]


def test_the_digest_is_that_of_the_bytes(written: Write) -> None:
    first = read_roster(written("Email,First name,Last name\na@x.example,Ann,Lee\n")).digest
    assert len(first) == 64
    assert read_roster(written("Email,First name,Last name\na@x.example,Ann,Lee\n")).digest == first
    assert read_roster(written("Email,First name,Last name\na@x.example,Ann,Wu\n")).digest != first


def test_the_documentation_names_every_format_its_marks_and_its_words() -> None:
    text = (Path(__file__).parents[2] / "docs" / "rosters.md").read_text(encoding="utf-8")
    for form in FORMATS.values():
        lines = [line for line in text.splitlines() if line.startswith(f"| `{form.name}`")]
        assert all(any(mark in line for line in lines) for mark in form.marks), form.name
        assert all(any(word in line for line in lines) for word in form.statuses), form.name
