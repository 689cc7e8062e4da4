"""Imports with a step that asks what each column of the file is, as strangers draw it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser

from page_objects.import_columns import FileColumn, match_columns
from page_objects.import_dialog import ImportDialog
from tests.screens.shown import lane_on

TITLES = {"Email": "email", "First Name": "first_name", "Last Name": "last_name", "Manager Emails": "managers"}
COLUMNS = [FileColumn(title, field) for title, field in TITLES.items()]
FIELDS = ["Do not import", "Email address", "First name", "Last name", "Manager emails", "Groups", "Job title"]
Match = Callable[[str, list[FileColumn]], tuple[list[str], dict[str, str]]]


def select(title: str, chosen: int = 0, *, labelled: bool = False) -> str:
    options = "".join(f"<option{' selected' * (at == chosen)}>{name}" for at, name in enumerate(FIELDS))
    label = f"aria-label='Field for {title}'" if labelled else ""
    return f"<select data-for='{title}' {label}>{options}</select>"


def page_with(step: str) -> str:
    return f"""<main><h1>Import Users</h1><form method=post><input type=file name=file><h2>Match columns</h2>{step}
    <button>Import 2 users</button></form></main>"""


ROWS = "".join(f"<tr><td>{title}<td>a sample<td>{select(title)}" for title in TITLES)
TABLE = f"<table><tr><th>Column in your file<th>Sample<th>WorkRamp field{ROWS}</table>"
LABELLED = "".join(f"<p>{select(title, labelled=True)}</p>" for title in TITLES)
QUOTED = "".join(f"<p><label>Map “{title}” to {select(title)}</label></p>" for title in TITLES)
BOXES = "".join(
    f"<div class=row><div><b>{title}</b><small>e.g. ann@x.example</small></div><div>{select(title)}</div></div>"
    for title in TITLES
)
OVER = f"""<table><tr>{"".join(f"<th>{title}" for title in TITLES)}</tr><tr>
{"".join(f"<td>{select(title)}" for title in TITLES)}</tr><tr><td>ann@x.example<td>Ann<td>Lee<td>-</table>"""
LIST_OF = """<button type=button aria-haspopup=listbox data-for="{0}" aria-label="{0} column" onclick="
  const button = this, list = document.createElement('ul');
  list.setAttribute('role', 'listbox');
  for (const name of ['Do not import', 'Email address', 'First name', 'Last name', 'Manager emails']) {{
    const item = document.createElement('li');
    item.setAttribute('role', 'option');
    item.textContent = name;
    item.onclick = () => {{ button.textContent = name; list.remove(); button.setAttribute('aria-expanded', 'false'); }};
    list.append(item);
  }}
  button.setAttribute('aria-expanded', 'true');
  document.body.append(list);">Do not import</button>"""
LISTS = "".join(f"<div>{LIST_OF.format(title)}</div>" for title in TITLES)
EXPECTED = {
    "Email": "Email address",
    "First Name": "First name",
    "Last Name": "Last name",
    "Manager Emails": "Manager emails",
}
HELD = """() => Object.fromEntries([...document.querySelectorAll("[data-for]")].map(
    (el) => [el.dataset.for, el.selectedOptions ? el.selectedOptions[0].text : el.textContent]))"""


@pytest.fixture
def match(portal: BlockingPortal, browser_here: Browser) -> Match:
    """Shows a step of an import and matches the columns: what cannot be matched, and what each choice holds then."""

    async def shown(step: str, columns: list[FileColumn]) -> Any:
        page = await browser_here.new_page()
        await page.set_content(page_with(step))
        lacking = await match_columns(ImportDialog(lane_on(page, timeout=2)), columns)
        held = await page.evaluate(HELD)
        await page.close()
        return lacking, held

    return lambda step, columns: portal.call(shown, step, columns)


@pytest.mark.parametrize(
    "step",
    [TABLE, LABELLED, QUOTED, BOXES, OVER, LISTS],
    ids=["rows", "labelled", "quoted", "boxes", "under-heads", "lists"],
)
def test_each_column_is_matched_with_the_field_of_its_name(match: Match, step: str) -> None:
    assert match(step, COLUMNS) == ([], EXPECTED)


def test_the_other_way_round_each_field_is_matched_with_the_column_of_its_name(match: Match) -> None:
    fields = {"Email address *": "Email", "First name *": "First Name", "Last name": "Last Name"}
    options = "".join(f"<option>{title}" for title in ["-- Select a column --", *TITLES])
    rows = "".join(f"<p><label>{field} <select data-for='{field}'>{options}</select></label></p>" for field in fields)
    assert match(rows, COLUMNS[:3]) == ([], fields)


def test_what_the_console_has_matched_by_itself_stays_and_what_it_has_matched_wrongly_does_not(match: Match) -> None:
    chosen = {"Email": 1, "First Name": 3, "Last Name": 2, "Manager Emails": 4}
    step = "".join(f"<p><label>{title} {select(title, chosen=at)}</label></p>" for title, at in chosen.items())
    assert match(step, COLUMNS) == ([], EXPECTED)


def test_a_needed_column_that_nothing_is_offered_for_is_told_and_an_empty_one_is_not(match: Match) -> None:
    columns = [*COLUMNS, FileColumn("Role", "role", needed=True), FileColumn("Groups", "groups", needed=False)]
    step = "".join(f"<p><label>{column.title} {select(column.title)}</label></p>" for column in columns)
    lacking, held = match(step, columns)
    assert lacking == ["Role"]
    assert held == EXPECTED | {"Role": "Do not import", "Groups": "Groups"}
    assert match(step, [*COLUMNS, FileColumn("Role", "role", needed=False)])[0] == []


def test_a_choice_of_the_role_for_all_rows_asks_for_no_columns(match: Match) -> None:
    step = "<p><label>Role <select data-for=Role><option>Learner<option>Admin</select></label></p>"
    assert match(step, [*COLUMNS, FileColumn("Role", "role")]) == ([], {"Role": "Learner"})


def options(name: str, *offered: str) -> str:
    listed = "".join(f"<option>{one}" for one in offered)
    return f"<p><label>{name} <select data-for='{name}'>{listed}</select></label></p>"


def test_of_several_fields_that_may_be_meant_it_is_the_one_that_the_file_names(match: Match) -> None:
    step = options("Email", "Skip", "Work email", "Email") + options("First Name", "Skip", "First name")
    assert match(step, COLUMNS[:2]) == ([], {"Email": "Email", "First Name": "First name"})


@pytest.mark.parametrize(
    "nothing",
    [
        "Don't import this column",
        "No match",
        "Select a WorkRamp field",
        "Leave unmapped",
        "(skip)",
        "--",
        "Select attribute",
    ],
)
def test_a_needed_column_on_any_word_for_nothing_is_not_matched(match: Match, nothing: str) -> None:
    step = options("Email", "Email") + options("First Name", "First name") + options("Role", nothing, "Job title")
    assert match(step, [*COLUMNS[:2], FileColumn("Role", "role")])[0] == ["Role"]


@pytest.mark.parametrize("needed", [True, False])
def test_a_column_that_the_console_takes_for_another_field_is_told_whoever_needs_it(match: Match, needed: bool) -> None:
    step = options("Email", "Email") + options("First Name", "First name") + options("Groups", "Last name")
    assert match(step, [*COLUMNS[:2], FileColumn("Groups", "groups", needed=needed)])[0] == ["Groups"]


def test_what_the_console_has_found_by_itself_under_a_name_that_nobody_knows_stays(match: Match) -> None:
    step = options("Email", "Email") + options("First Name", "First name") + options("Role", "Access level", "Skip")
    lacking, held = match(step, [*COLUMNS[:2], FileColumn("Role", "role")])
    assert (lacking, held["Role"]) == ([], "Access level")


def test_a_step_that_looks_busy_for_good_and_leads_on_is_answered_before_it_is_left(
    portal: BlockingPortal, browser_here: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Email,First Name\nann@x.example,Ann\n")
    step = options("Email", "Skip", "Email") + options("First Name", "Skip", "First name")
    html = f"""<main><h1>Import Users</h1><div id=steps><input type=file onchange="steps.innerHTML = match.innerHTML">
    </div><template id=match><div role=progressbar style="width: 20px; height: 20px">…</div>{step}
    <button onclick="window.said = [...document.querySelectorAll('#steps select')].map((el) => el.value);
    steps.innerHTML = review.innerHTML">Continue</button></template>
    <template id=review><table><tr><th>Email<th>Result<tr><td>ann@x.example<td>Ready</table>
    <button>Import 1 user</button></template></main>"""

    async def work() -> Any:
        page = await browser_here.new_page()
        await page.set_content(html)
        dialog = ImportDialog(lane_on(page, timeout=4))
        reviewed = await dialog.upload(path, COLUMNS[:2])
        said = await page.evaluate("window.said")
        await page.close()
        return reviewed, dialog.unmatched, said

    assert portal.call(work) == (True, [], ["Email", "First name"])


def test_a_choice_about_the_mail_that_is_sent_is_none_of_a_column(match: Match) -> None:
    step = options("Email", "Send at once", "Send later") + options("Role", "Learner", "Admin")
    held = {"Email": "Send at once", "Role": "Learner"}
    assert match(step, [*COLUMNS, FileColumn("Role", "role")]) == ([], held)


def test_a_step_of_which_nobody_knows_which_list_is_for_which_column_is_told(match: Match) -> None:
    step = "".join(f"<div><span>{at}</span>{select(str(at))}</div>" for at in range(3))
    lacking, held = match(step, [*COLUMNS, FileColumn("Groups", "groups", needed=False)])
    assert lacking == list(TITLES)
    assert set(held.values()) == {"Do not import"}
