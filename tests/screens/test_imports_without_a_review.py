"""Consoles that import a file as soon as they are given it: what they answer, and what is no such answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser, Page, Route

from connector.errors import ConsoleDrift
from page_objects.import_dialog import ImportDialog
from tests.screens.shown import lane_on

CONSOLE = "http://console.example"
Work = Callable[[Page], Awaitable[Any]]
Importing = Callable[[str, Work], Any]
NAV = "<nav><a href='/people'>People</a></nav>"
FORM = f"""{NAV}<h1>Import Users</h1><p>Last import: 7 rows imported.</p><form method=post enctype=multipart/form-data>
<input type=file name=file><button>Upload</button> <a href='/people'>Cancel</a></form>"""
RESULT = f"""{NAV}<h1>Import result</h1><p>1 of 2 rows imported, 1 not imported.</p>
<table><tr><th>Line<th>Email<th>Result<tr><td>2<td>ann@x.example<td>Invited
<tr><td>3<td>bob@x.example<td>Not imported: Last name is required</table><a href='/import'>Import another file</a>"""
LOCKED = f"""{NAV}<p role=alert>Users are locked. Nothing was changed.</p>
<p>62 people, 5 invited</p><a href='/import'>Import Users</a>"""
REVIEW = f"""{NAV}<h1>Import Users</h1><p>Last import: 7 rows imported.</p><table><tr><th>Email<th>Result
<tr><td>ann@x.example<td>Ready</table><form method=post action=/run><button>Import 1 user</button></form>"""
STEP = f"""{NAV}<h1>Import Users</h1><p role=alert>1 of 2 rows has an error: Last name is required</p><table>
<tr><th>Email<th>Check<tr><td>ann@x.example<td>Ready</table>
<form method=post action=/run><button>Next</button></form>"""
LIST = f"""{NAV}<h1>People</h1><p role=alert>1 user imported, 1 row skipped.</p><ul role=alert>
<li>Row 3: Domain is not allowed (bob@x.example)</ul><label>Search <input type=search></label>
<button onclick="importing.hidden = false">Import Users</button>
<div id=importing hidden role=dialog><form method=post><input type=file name=file><button>Upload</button></form></div>
<table><tr><th>Name<th>Email<th>Status<tr><td>Ann Lee<td>ann@x.example<td>Invited</table>"""
TAKEN = LIST.replace("1 user imported, 1 row skipped.", "Your file was processed.")
PROMISED = f"{NAV}<h1>People</h1><p>We will email you the results when the import is finished.</p>"
PLANNED = f"{NAV}<h1>Import Users</h1><p>1 row to be imported. All rows can be imported.</p>"


@pytest.fixture
def importing(portal: BlockingPortal, browser_here: Browser) -> Importing:
    """Shows the import of a console that answers a file with this page, and gives what is made of it."""

    async def shown(answered: str, work: Work) -> Any:
        page = await browser_here.new_page()

        async def answer(route: Route) -> None:
            await route.fulfill(content_type="text/html", body=FORM if route.request.method == "GET" else answered)

        await page.route("**/*", answer)
        await page.goto(f"{CONSOLE}/import")
        found = await work(page)
        await page.close()
        return found

    return lambda answered, work: portal.call(shown, answered, work)


async def uploaded(page: Page, path: Path) -> tuple[bool, str, list[str]]:
    dialog = ImportDialog(lane_on(page, timeout=2))
    reviewed = await dialog.upload(path)
    return reviewed, dialog.told, [row.parts[-1] for row in await dialog.review()]


@pytest.mark.parametrize(
    ("answered", "reviewed", "told", "rows"),
    [
        (RESULT, False, "1 of 2 rows imported, 1 not imported", ["Invited", "Not imported: Last name is required"]),
        (LIST, False, "1 user imported", ["Row 3: Domain is not allowed (bob@x.example)", "Invited"]),
        (TAKEN, False, "Your file was processed.", ["Row 3: Domain is not allowed (bob@x.example)", "Invited"]),
        (LOCKED, False, "Users are locked. Nothing was changed.", []),
        (REVIEW, True, "", ["Ready"]),
        (STEP, True, "", ["Ready"]),
    ],
)
def test_an_upload_that_has_no_review_may_have_imported_and_tells_what_the_page_says(
    importing: Importing, tmp_path: Path, answered: str, reviewed: bool, told: str, rows: list[str]
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Email\nann@x.example\n")
    found = importing(answered, lambda page: uploaded(page, path))
    assert (found[0], found[2]) == (reviewed, rows)
    assert told in found[1]


@pytest.mark.parametrize("promise", [PLANNED, PROMISED])
def test_what_is_to_be_imported_is_no_import_that_is_over(importing: Importing, promise: str) -> None:
    async def work(page: Page) -> list[str]:
        await page.set_content(promise)
        return await ImportDialog(lane_on(page))._tells()

    assert importing(promise, work) == []


def test_a_page_that_sends_the_file_only_as_the_import_starts_has_it_still(
    importing: Importing, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Email\nann@x.example\n")

    async def work(page: Page) -> Any:
        await page.evaluate("""() => {
            document.querySelector("form button").textContent = "Start import";
            document.querySelector("form input").onchange = (event) => event.target.after(event.target.files[0].name);
        }""")
        dialog = ImportDialog(lane_on(page, timeout=4))
        reviewed = await dialog.upload(path)
        path.unlink()
        async with page.expect_request(lambda request: request.method == "POST") as sent:
            said = await dialog.run()
        objected = [row.email for row in await dialog.results() if row.objects]
        return reviewed, (await sent.value).post_data, said, objected

    reviewed, sent, said, objected = importing(RESULT, work)
    assert (reviewed, objected) == (True, ["bob@x.example"])
    assert "ann@x.example" in sent
    assert "1 of 2 rows imported" in said


def test_where_nothing_was_sent_there_is_no_review_to_come(importing: Importing, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Email\nann@x.example\n")

    async def work(page: Page) -> None:
        await page.locator("form").evaluate("form => { form.onsubmit = () => false; }")
        with pytest.raises(ConsoleDrift, match="no review came"):
            await uploaded(page, path)

    importing(RESULT, work)


@pytest.mark.parametrize("says", ["Importing&hellip;", "Importing 2 users... 50 %", "Import in progress. Please wait."])
def test_the_result_of_an_import_is_waited_for_while_the_page_says_that_it_is_under_way(
    importing: Importing, tmp_path: Path, says: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Email\nann@x.example\n")
    rows = RESULT.partition("<table>")[2]
    later = f"""{REVIEW}<script>document.querySelector("form").onsubmit = (event) => {{
        event.preventDefault();
        document.querySelector("form").outerHTML = "<p>{says}</p>";
        setTimeout(() => {{ document.body.innerHTML = `<h1>Import finished</h1><table>{rows}`; }}, 700);
    }};</script>"""

    async def work(page: Page) -> Any:
        dialog = ImportDialog(lane_on(page, timeout=4))
        await dialog.upload(path)
        said = await dialog.run()
        return said, [row.email for row in await dialog.results() if row.objects]

    said, objected = importing(later, work)
    assert "Import finished" in said
    assert objected == ["bob@x.example"]
