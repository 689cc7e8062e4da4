"""Who is in a group, changed on the group's own screen, as strangers draw it: pickers, menus, questions; in small."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from connector.errors import ConsoleDrift, NotOffered
from page_objects import words
from page_objects.group_members import (
    adds_members,
    open_add_members,
    remover_of,
    show_member,
    take_out,
)
from page_objects.group_screen import GroupView
from page_objects.removal_question import RemovalQuestion
from tests.screens.conftest import Show
from tests.screens.shown import CONSOLE, lane_on

ANN, JOANN = "ann@x.example", "jo.ann@x.example"
PEOPLE = {ANN: "Ann Lee", JOANN: "Jo Ann Lee", "ann@x.example.org": "Ann Lee"}
KNOWN = ("Sales", "Sales EMEA", "Support")

PAGE = """<main><h1>Sales</h1><p>Static group, 2 members</p>ADDER
<table><thead><tr><th>Name</th><th>Email</th><th></th></tr></thead><tbody>
ROWS</tbody></table></main><script>
  window.sent = [];
  const out = (email) => { sent.push("out " + email); fetch("/save", { method: "POST" }).catch(() => {});
    document.querySelector(`[data-of="${email}"]`)?.remove(); };
  const send = (button) => {
    const form = button.closest(".layer, form");
    const held = form.querySelectorAll("option:checked, :checked, input:not([type=checkbox])");
    sent.push("in " + [...held].map((each) => each.value));
    button.closest(".layer")?.remove();
  };
  const layer = (html) => { document.body.insertAdjacentHTML("beforeend", `<div class=layer role=dialog aria-modal=true
    style="position: fixed; inset: 60px; background: #fff">${html}</div>`); return document.body.lastChild; };
  const ask = (question, email) => {
    const dialog = layer(`<p>${question}</p><button>Cancel</button><button>Remove</button>`);
    const [no, yes] = dialog.querySelectorAll("button");
    no.onclick = () => dialog.remove();
    yes.onclick = () => { dialog.remove(); out(email); };
  };
  const menu = (email, html) => { const one = layer(html); one.setAttribute("role", "menu");
    one.querySelector("[role=menuitem]").onclick = () => { one.remove(); out(email); }; };
</script>"""


def row(email: str, action: str) -> str:
    return f"<tr data-of='{email}'><td>{PEOPLE[email]}</td><td>{email}</td><td>{action}</td></tr>"


def rows(action: str) -> str:
    return "".join(row(email, action.replace("WHO", email)) for email in PEOPLE)


def group_on(page: Page, timeout: float = 3) -> GroupView:
    columns = {key: list(word.aliases) for key, word in words.GROUP_COLUMNS.items()}
    return GroupView(lane_on(page, timeout), columns, "Sales")


async def answered(page: Page) -> None:
    """What is sent is answered, which it is not on a page of no console."""
    html = await page.content()

    async def answer(route: Any) -> None:
        await route.fulfill(body="" if "/save" in route.request.url else html, content_type="text/html; charset=utf-8")

    await page.route("**/*", answer)
    await page.goto(f"{CONSOLE}/admin/groups/1")


async def taken_out(page: Page, email: str = ANN) -> tuple[list[str], str]:
    """What is sent when she is taken out, and why she is not."""
    await answered(page)
    view = group_on(page)
    await show_member(view, email, None)
    question = RemovalQuestion(view.lane, email, [PEOPLE[email]], "Sales", KNOWN)
    try:
        remover = await remover_of(view, email)
        await question.asked_by(lambda: take_out(view, remover, email))
        if await question.needed():
            await question.confirm(await question.ready())
            await question.objections()
        why = "; ".join(native for native in view.lane.native_questions if not question.judge(native))
    except ConsoleDrift as drift:
        why = drift.message
    finally:
        await question.leave()
    return await page.evaluate("sent"), why


AT_ONCE = "<button onclick=\"out('WHO')\">Remove</button>"
MENU = (
    "<button aria-label='More actions' aria-haspopup=menu onclick=\"menu('WHO', '<div role=menuitem>Remove from group"
    "</div><div role=menuitem>View profile</div>')\">⋯</button>"
)


def asking(question: str) -> str:
    return f"<button onclick=\"ask('{question}', 'WHO')\">Remove from group</button>"


def natively(question: str) -> str:
    return f"<button onclick=\"if (confirm('{question}')) out('WHO')\">Remove</button>"


@pytest.mark.parametrize(
    "action",
    [
        AT_ONCE,
        MENU,
        asking("Remove Ann Lee from Sales?"),
        asking("Remove this user from the group?"),
        asking("WHO will lose access to the content of Sales. They will not be notified."),
        natively("Remove WHO from Sales?"),
    ],
)
def test_a_member_is_taken_out_by_what_her_own_row_offers(show: Show, action: str) -> None:
    assert show(PAGE.replace("ROWS", rows(action)).replace("ADDER", ""), taken_out) == ([f"out {ANN}"], "")


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("Remove Ann Lee from Sales EMEA?", "it names the group Sales EMEA"),
        ("Remove jo.ann@x.example from Sales?", "it names jo.ann@x.example"),
        ("Delete the account of Ann Lee?", "it says 'Delete'"),
        ("Ann Lee will be removed from all groups.", "it says 'all groups'"),
        ("Are you sure?", "it names neither her nor the group"),
    ],
)
def test_a_question_about_anything_else_is_left_unanswered(show: Show, question: str, why: str) -> None:
    html = PAGE.replace("ADDER", "")
    sent, said = show(html.replace("ROWS", rows(asking(question))), taken_out)
    assert (sent, said.endswith(why)) == ([], True)
    assert show(html.replace("ROWS", rows(natively(question))), taken_out) == ([], question)


def test_a_row_that_offers_no_way_out_is_told_and_nothing_is_clicked(show: Show) -> None:
    async def work(page: Page) -> Any:
        view = group_on(page, timeout=1)
        await show_member(view, ANN, None)
        with pytest.raises(NotOffered, match="nothing takes somebody out of the group 'Sales'"):
            await remover_of(view, ANN)
        return await page.evaluate("sent")

    assert show(PAGE.replace("ROWS", rows("<button>Message</button>")).replace("ADDER", ""), work) == []


CHOICES = "".join(
    f"<label><input type=checkbox value='{email}'> {name} ({email})</label>" for email, name in PEOPLE.items()
)
OPTIONS = "".join(f"<option value='{email}'>{name} ({email})</option>" for email, name in PEOPLE.items())
FORMS = {
    "boxes": f"<h2>Add Users to Sales</h2><fieldset><legend>Users</legend>{CHOICES}</fieldset>",
    "a native list": f"<h2>Add users</h2><label>Select users <select multiple>{OPTIONS}</select></label>",
    "one of a native list": f"<h2>Add member</h2><label>User <select><option>Choose</option>{OPTIONS}</select></label>",
    "typed": "<h2>Add people</h2><label>People <input placeholder='name@example.com'></label>",
}
TABS = (
    "<div role=tablist><button role=tab aria-selected=true>Rules</button><button role=tab aria-selected=false "
    "onclick=\"this.setAttribute('aria-selected', 'true'); pick.hidden = false\">Users</button></div>"
    "<div id=pick hidden>"
)
OPENS = (
    '<button onclick="layer(adding.innerHTML)">Add Users</button>'
    "<template id=adding>FORM<button>Cancel</button>SEND</template>"
)
SEND = """<button onclick="send(this); return false">Add</button>"""


async def added(page: Page) -> list[str]:
    view = group_on(page)
    assert await adds_members(view, ANN)
    form = await open_add_members(view, ANN)
    await form.members.add(ANN)
    await form.save()
    await form.saved()
    return list(await page.evaluate("sent"))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_exactly_she_is_picked_among_those_who_are_called_like_her(show: Show, form: str) -> None:
    html = PAGE.replace("ROWS", row(JOANN, AT_ONCE)).replace("ADDER", OPENS)
    assert show(html.replace("FORM", form).replace("SEND", SEND), added) == [f"in {ANN}"]


def test_the_tab_to_pick_people_on_is_turned_to(show: Show) -> None:
    html = PAGE.replace("ROWS", row(JOANN, AT_ONCE)).replace("ADDER", OPENS)
    assert show(html.replace("FORM", TABS + FORMS["boxes"]).replace("SEND", f"{SEND}</div>"), added) == [f"in {ANN}"]


def test_a_form_that_stands_open_on_the_screen_of_the_group_is_used_as_it_is(show: Show) -> None:
    inline = f"<form><label>Add user <select><option>Choose</option>{OPTIONS}</select></label>{SEND}</form>"
    assert show(PAGE.replace("ROWS", row(JOANN, AT_ONCE)).replace("ADDER", inline), added) == [f"in {ANN}"]
