"""Filters of the list that are set to some statuses when it comes, and those that are folded away; in small."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from page_objects.people_screen import PeopleScreen
from tests.screens.conftest import Show
from tests.screens.shown import lane_on

SELECT = """<label>Status <select onchange="draw()"><option value="active,invited">Active &amp; invitation pending
<option value="active">Active<option value="">All<option value=deactivated>Deactivated</select></label>"""
FOLDED = f"""<button aria-expanded=false onclick="fold.hidden = !fold.hidden;
this.setAttribute('aria-expanded', !fold.hidden)">Filters</button><div id=fold hidden>{SELECT}</div>"""
OTHERS = """<button aria-expanded=false onclick="fold.hidden = !fold.hidden;
this.setAttribute('aria-expanded', !fold.hidden)">Filters</button><div id=fold hidden><label>Role <select>
<option>Any<option>Admin</select></label></div>"""
PAGE = """<main><h1>People</h1><input type=search aria-label="Search by name or email" oninput="draw()">FILTERS
<table><thead><tr><th>Name</th><th>Email</th><th>Status</th></tr></thead><tbody></tbody></table></main><script>
  const people = [["Ann Lee", "ann@x.example", "active"], ["Bo Lee", "bo@x.example", "deactivated"],
    ["Mia Roe", "mia@x.example", "invited"]];
  const draw = () => {
    const wanted = document.querySelector("select[onchange]")?.value, term = document.querySelector("input").value;
    document.querySelector("tbody").innerHTML = people
      .filter(([, email, status]) => email.includes(term) && (!wanted || wanted.split(",").includes(status)))
      .map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("");
  };
  draw();
</script>"""


@pytest.mark.parametrize(
    ("filters", "folds"), [(SELECT, None), (FOLDED, "false"), (OTHERS, "false")], ids=["set", "folded", "no status"]
)
def test_a_filter_that_is_set_to_some_is_set_to_everybody(show: Show, filters: str, folds: str | None) -> None:
    async def work(page: Page) -> Any:
        async def answer(route: Any) -> None:
            await route.fulfill(body=PAGE.replace("FILTERS", filters), content_type="text/html; charset=utf-8")

        await page.route("**/*", answer)
        people = PeopleScreen(lane_on(page))
        rows = [row.email async for each in people.everyone() for row in each.rows]
        (found,) = await people.matches("bo@x.example")
        button = page.locator("button")
        return rows, found.email, await button.get_attribute("aria-expanded") if await button.count() else None

    everybody = ["ann@x.example", "bo@x.example", "mia@x.example"]
    assert show("", work) == (everybody, "bo@x.example", folds)
