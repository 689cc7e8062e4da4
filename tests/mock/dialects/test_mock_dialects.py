"""The dialects are the same screens: same macros, same words, other markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

import jinja2
import pytest

from fixtures.mock_console import MockConsole
from fixtures.mock_console.dialects import SCRIPTS, flatten
from fixtures.mock_console.options import DIALECTS, TABLES
from fixtures.mock_console.visitor import Visitor
from fixtures.mock_console.web import TEMPLATES

WIDGETS = {"label_text", "glyph", "select", "tags", "notes", "table", "pager"}  # inner parts a dialect may have
ROLES = (
    "a|button|nav|main|header|footer|section|h[1-6]|ul|ol|li|dl|table|tr|td|th|form|label|select|fieldset|dialog|meter"
)


def _macros(dialect: str) -> dict[str, list[str]]:
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], autoescape=True)
    tree = environment.parse((TEMPLATES / "dialects" / f"{dialect}.html").read_text(encoding="utf-8"))
    return {macro.name: [arg.name for arg in macro.args] for macro in tree.find_all(jinja2.nodes.Macro)}


@pytest.fixture(params=DIALECTS)
def dialect(request: pytest.FixtureRequest, mock: MockConsole) -> str:
    mock.reset(dialect=request.param)
    return str(request.param)


@pytest.fixture
def guest(dialect: str, mock: MockConsole) -> Iterator[Visitor]:
    with Visitor(mock) as visitor:
        visitor.sign_in()
        yield visitor


def _pages(guest: Visitor) -> dict[str, str]:
    upload = guest.upload(b"Email,First Name,Last Name\nx@example.com,X,Y\nbad,,\n")
    if upload.headers["content-type"].startswith("application/json"):
        upload = guest.get(upload.json()["go"])
    paths = (
        "/admin",
        "/admin/users",
        "/admin/users?search=nobody-there",
        "/admin/users/10008",
        "/admin/users/10024",
        "/admin/users/10008/deactivate",
        "/admin/users/10022/reactivate",
        "/admin/users/invite",
        "/admin/users/import",
        "/admin/groups",
        "/admin/reports",
        "/admin/nowhere",
    )
    return {path: guest.get(path).text for path in paths} | {"review": upload.text}


@pytest.mark.parametrize("other", [name for name in DIALECTS if name != "plain"])
def test_every_dialect_defines_the_same_macros(other: str) -> None:
    plain, mine = _macros("plain"), _macros(other)
    assert set(plain) - WIDGETS == set(mine) - WIDGETS
    for name in set(plain) - WIDGETS - {"dialog"}:
        assert plain[name] == mine[name], name


def test_the_words_are_the_same_in_every_dialect(guest: Visitor, dialect: str) -> None:
    pages = {path: " ".join(re.sub(r"<[^>]*>", " ", text).split()) for path, text in _pages(guest).items()}
    for path, words in {
        "/admin/users": ("People", "Invite User", "Import Users", "Export", "Last Login", "seats used"),
        "/admin/users/10008": ("Ann Lee", "ann@northwind.example", "Details", "Deactivate", "Save"),
        "/admin/users/10024": ("Managed by SCIM",),
        "/admin/users/10008/deactivate": ("Deactivate Ann Lee?", "(ann@northwind.example)", "Cancel"),
        "/admin/users/10022/reactivate": ("Reactivate Helen Brandt?",),
        "/admin/users/invite": ("Invite User", "Send invitation", "Role", "Learner"),
        "review": ("1 ready to import, 1 with errors", "Skip rows with errors", "Import 1 user"),
    }.items():
        for word in words:
            assert word in pages[path].replace("&nbsp;", " "), (dialect, path, word)
    for label in ("Email address", "First name", "Last name", "Groups", "Managers"):
        assert label in _pages(guest)["/admin/users/invite"]


def test_div_has_nothing_with_a_role_but_text_inputs(mock: MockConsole) -> None:
    mock.reset(dialect="div")
    with Visitor(mock) as visitor:
        pages = {"/login": visitor.get("/login").text}
        visitor.sign_in()
        pages |= _pages(visitor)
    for path, text in pages.items():
        body = text.partition("<body")[2] or text
        assert not re.findall(rf"<(?:{ROLES})[\s>]", body), path
        assert not re.findall(r'\s(?:role|aria-[a-z]+|for|tabindex|title)="', body), path
        assert not re.findall(r'<input[^>]* type="(?:checkbox|radio|submit|file|email|search)"', body), path


def test_flattening_keeps_what_scripts_need_and_leaves_the_head_alone() -> None:
    page = '<head><title>a <b></title></head><body class="x"><a class="y" href="/z" rel="next">go</a></body>'
    assert flatten(page) == (
        '<head><title>a <b></title></head><body class="x"><div class="as-a y" data-go="/z">go</div></body>'
    )
    form = '<form method="post" action="/x"><button type="submit">A &lt; B</button></form>'
    assert flatten(form) == (
        '<div class="as-form" data-remote data-action="/x"><div class="as-button" data-submit>A &lt; B</div></div>'
    )


def test_what_people_typed_is_text_in_every_dialect(guest: Visitor) -> None:
    evil = "</script><script>alert(1)</script>\" onclick='x' "
    guest.mock.change_person("ann@northwind.example", first_name=evil, groups=[evil], last_name="&lt;b>")
    for path in (
        "/admin/users/10008",
        "/admin/users?search=ann@",
        "/admin/users/invite",
        "/admin/users/10008/deactivate",
    ):
        text = guest.get(path).text
        assert "<script>alert" not in text
        assert "\" onclick='" not in text
        assert "<b>" not in text
    rows = guest.http.get("/admin/users/rows?search=ann@northwind").json()["rows"]
    assert not any("<script" in row for row in rows)


@pytest.mark.parametrize("variant", TABLES)
def test_rows_can_be_had_from_anywhere_in_every_kind_of_table(guest: Visitor, variant: str) -> None:
    guest.mock.reset(table=variant)
    first = guest.get("/admin/users").text
    shown = guest.mock.console.options.table_shown
    assert f'data-list="{shown}"' in first
    assert ("aaliyah" in first) == (shown != "virtual")
    seen: list[str] = []
    while True:
        answer = guest.http.get(f"/admin/users/rows?offset={len(seen)}&limit=100").json()
        if not answer["rows"]:
            break
        seen += answer["rows"]
    assert answer["total"] == len(seen) == 212
    everybody = " ".join(seen)
    assert all(person.email.replace("'", "&#39;") in everybody for person in guest.mock.books().people)
    assert guest.http.get("/admin/users/rows?offset=x&limit=-1").status_code == 200
    assert len(guest.http.get("/admin/users/rows?limit=100000").json()["rows"]) == 100


def test_suggestions_come_for_what_is_typed_and_not_for_nothing(guest: Visitor) -> None:
    groups = guest.http.get("/api/suggest/groups?q=sales").json()
    assert [each["value"] for each in groups] == ["Sales", "Sales, Americas", "Sales, EMEA"]
    people = guest.http.get("/api/suggest/people?q=ann@northwind").json()
    assert {"value": "joann@northwind.example", "label": "Joann Lee"} in people
    assert guest.http.get("/api/suggest/groups?q=").json() == []
    assert guest.http.get("/api/suggest/people?q=").json() == []


def test_every_dialect_has_its_scripts() -> None:
    assert set(SCRIPTS) == set(DIALECTS)
