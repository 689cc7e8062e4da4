"""First and last name with a pencil each, beside a form for the rest that stands open: as many products have them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector.actions.edit import _ACTING
from connector.models import Edit, Person, Role, Status
from page_objects.person_screen import PersonScreen
from tests.screens.conftest import Show
from tests.screens.shown import looked_at

ANN = "ann@x.example"
HERS = Person(email=ANN, first_name="Ann", last_name="Lee", role=Role.LEARNER, status=Status.ACTIVE, groups=("Sales",))
PAGE = """<main><h1>People</h1><table><thead><tr><th>Name<th>Email<th>Status</thead><tbody><tr><td>
<a href=# id=open>Ann Lee</a><td>ann@x.example<td>Active</tbody></table></main>
<script>
  const held = JSON.parse(sessionStorage.held || '{"first": "Ann", "last": "Lee"}');
  const inline = (label, part) => {
    const box = document.createElement("div");
    box.className = "fld";
    box.innerHTML = `<span class=lb>${label}</span><div></div>`;
    const place = box.lastElementChild;
    const show = () => {
      place.innerHTML = `<span>${held[part]}</span> <button type=button class=kb TITLE>✎</button>`;
      place.lastElementChild.onclick = () => {
        place.innerHTML = "<input><button type=button title=Save>✓</button><button type=button title=Cancel>✕</button>";
        place.firstElementChild.value = held[part];
        place.children[1].onclick = async () => {
          held[part] = place.firstElementChild.value;
          sessionStorage.held = JSON.stringify(held);
          sessionStorage.saved = `${sessionStorage.saved || ""} ${part}`;
          await fetch("/save", { method: "POST" });
          show();
        };
        place.children[2].onclick = show;
      };
    };
    show();
    return box;
  };
  document.querySelector("#open").onclick = (event) => {
    event.preventDefault();
    document.querySelector("main").innerHTML = `<h1>${held.first} ${held.last}</h1><div>ann@x.example</div>
      <div id=card></div><div class=fld><label for=role>Role</label><select id=role><option>Learner<option>Admin
      </select>
      </div><div class=fld><span class=lb>Status</span><span>Active</span></div><button>Save changes</button>`;
    document.querySelector("#card").append(inline("First name", "first"), inline("Last name", "last"));
  };
</script>"""


@pytest.mark.parametrize("title", ["title=Edit", "aria-label=Edit", ""], ids=["title", "label", "glyph"])
def test_a_pencil_beside_each_half_of_a_name_is_no_field_and_no_part_of_it(show: Show, title: str) -> None:
    async def work(page: Page) -> Any:
        context, ways = await looked_at(page, PAGE.replace("TITLE", title), Edit(email=ANN, first_name="Anna"), HERS)
        person = await PersonScreen(context.lane, ANN).shown()
        return sorted(ways.form), sorted(ways.details), person.first_name, person.last_name

    form, details, first, last = show("", work)
    assert (first, last) == ("Ann", "Lee")
    assert "names" not in form
    assert details == (["first_name", "last_name"] if title else [])


def test_each_half_that_is_to_change_is_saved_by_its_own_button(show: Show) -> None:
    async def work(page: Page) -> Any:
        wanted = Edit(email=ANN, first_name="Anna", last_name="Leigh")
        context, ways = await looked_at(page, PAGE.replace("TITLE", "title=Edit"), wanted, HERS)
        parts = ways.parts(wanted)
        objections = []
        for way, part in parts:
            await context.lane.go(f"{context.lane.base_url}/admin/users", screen="People")
            objections += await _ACTING[way](context, part, HERS, way)
        told = [(way, part.first_name, part.last_name) for way, part in parts]
        return told, objections, await page.evaluate("[sessionStorage.held, sessionStorage.saved]")

    parts, objections, kept = show("", work)
    assert parts == [("detail", "Anna", None), ("detail", None, "Leigh")]
    assert objections == []
    assert kept == ['{"first":"Anna","last":"Leigh"}', " first last"]


def test_the_rest_is_said_by_the_form_that_stands_open_beside_them(show: Show) -> None:
    async def work(page: Page) -> Any:
        wanted = Edit(email=ANN, first_name="Anna", role=Role.ADMIN)
        _, ways = await looked_at(page, PAGE.replace("TITLE", "title=Edit"), wanted, HERS)
        return [(way, part.first_name, part.role) for way, part in ways.parts(wanted)]

    assert show("", work) == [("form", None, Role.ADMIN), ("detail", "Anna", None)]
