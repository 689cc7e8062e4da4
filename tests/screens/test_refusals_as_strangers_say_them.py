"""What consoles of strangers ask before a change, and how they say no to it; in small."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, cast

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Browser, Page, Route

from connector.actions.context import Context, change
from connector.errors import ConsoleDrift, EffectUnknown, OperationFailed
from page_objects import words
from page_objects.answers import Answer, objecting, refusing
from page_objects.confirm_dialog import ConfirmDialog
from page_objects.controls import engine
from page_objects.controls.base import Declared
from page_objects.controls.fields import AddressesField
from page_objects.import_dialog import ImportDialog
from page_objects.lane import Lane
from page_objects.traffic import refuses
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

EMAIL = "ann@x.example"
CONSOLE = "http://console.example"
Work = Callable[[Page], Awaitable[Any]]
Answering = Callable[[str, int, Work], Any]


@pytest.fixture
def answering(portal: BlockingPortal, browser_here: Browser) -> Answering:
    """Shows a page of a console that answers every change with a status, and gives what is made of it."""

    async def shown(html: str, status: int, work: Work) -> Any:
        page = await browser_here.new_page()

        async def answer(route: Route) -> None:
            changes = route.request.method != "GET"
            await route.fulfill(
                status=status if changes else 200, content_type="text/html", body="" if changes else html
            )

        await page.route("**/*", answer)
        await page.goto(CONSOLE)
        found = await work(page)
        await page.close()
        return found

    return lambda html, status, work: portal.call(shown, html, status, work)


class FormHere(Form):
    emails = Declared(AddressesField, words.FIELD_EMAIL_OR_EMAILS)


# -- what is typed sends no form --------------------------------------------------------------------------------------
COMBO = """<form onsubmit="event.preventDefault(); document.title += ' sent'"><label for=m>Managers</label>
<span>HINT</span><div style="position: relative"><input id=m role=combobox aria-expanded=false aria-autocomplete=list
 aria-controls=l><ul id=l role=listbox hidden></ul></div><button>Save</button></form>"""


@pytest.mark.parametrize("button", ["<button>Save</button>", "<button onclick='document.title += 1'>Save</button>", ""])
def test_a_manager_whom_nobody_offers_is_typed_and_the_form_not_sent(show: Show, button: str) -> None:
    async def work(page: Page) -> tuple[list[str], str]:
        managers = FormHere(lane_on(page)).managers
        await managers.add("boss@x.example", create=True)
        return await managers.read(), await page.title()

    assert show(COMBO.replace("<button>Save</button>", button), work) == (["boss@x.example"], "")


def test_enter_still_adds_what_the_console_takes_in_by_it(show: Show) -> None:
    page = """<form onsubmit="document.title = 'sent'; return false"><label for=m>Managers</label><div class=tags>
    <input id=m role=combobox aria-autocomplete=list aria-expanded=false></div><button>Save</button></form><script>
    m.onkeydown = (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      m.insertAdjacentHTML("beforebegin", `<span class=tag>${m.value} <button type=button>×</button></span>`);
      m.value = "";
    };
    </script>"""

    async def work(page: Page) -> tuple[list[str], str]:
        managers = FormHere(lane_on(page)).managers
        await managers.add("boss@x.example", create=True)
        return await managers.read(), await page.title()

    assert show(page, work) == (["boss@x.example"], "")


def test_a_form_is_sent_by_its_button_after_enter_was_kept_from_that(show: Show) -> None:
    async def work(page: Page) -> str:
        await FormHere(lane_on(page)).managers.add("boss@x.example", create=True)
        await page.locator("button").click()
        return (await page.title()).strip()

    assert show(COMBO, work) == "sent"


@pytest.mark.parametrize(
    ("hint", "held"),
    [
        ("E-mail addresses, separated by commas.", "boss@x.example, head@x.example"),
        ("Separate several with a semicolon.", "boss@x.example; head@x.example"),
    ],
)
def test_a_field_that_says_how_values_are_separated_keeps_those_before(show: Show, hint: str, held: str) -> None:
    async def work(page: Page) -> str:
        managers = FormHere(lane_on(page)).managers
        for each in ("boss@x.example", "head@x.example"):
            await managers.add(each, create=True)
        return await page.locator("#m").input_value()

    assert show(COMBO.replace("HINT", hint), work) == held


def test_addresses_to_invite_are_not_sent_by_being_entered(show: Show) -> None:
    page = """<form onsubmit="document.title = 'sent'; return false"><label>Email addresses
    <input role=combobox aria-autocomplete=list></label><button>Send invitations</button></form>"""

    async def work(page: Page) -> tuple[str, str]:
        await FormHere(lane_on(page)).emails.enter([EMAIL])
        return await page.locator("input").input_value(), await page.title()

    assert show(page, work) == (EMAIL, "")


# -- a refusal where no question stays --------------------------------------------------------------------------------
def test_only_what_is_no_matter_of_the_session_or_of_time_refuses() -> None:
    asked = (None, 200, 302, 400, 401, 403, 404, 408, 409, 422, 423, 429, 500, 503)
    assert [status for status in asked if refuses(status)] == [400, 403, 404, 409, 422, 423]


ACTS = """<div id=flash></div><button onclick="ASK">Deactivate</button><script>
const act = async () => {
  const answer = await fetch("/people/7", {method: "POST"});
  flash.innerHTML = `<div role=alert>SAID</div>`;
};
</script>"""
AT_ONCE = ACTS.replace("ASK", "act()")
NATIVE = ACTS.replace("ASK", "if (confirm('Deactivate?')) act()")


async def objections(page: Page) -> list[str]:
    lane = lane_on(page)
    dialog = ConfirmDialog(lane, EMAIL, words.AFFIRM_DEACTIVATE, "Ann Lee")
    lane.answer_questions(dialog.judge)
    await dialog.answer.note_before("question")
    await lane.click(lane.find("action", words.DEACTIVATE), what="the action", screen="People")
    assert not await dialog.needed()
    assert dialog.refusal is None
    return await dialog.objections()


@pytest.mark.parametrize("page", [AT_ONCE, NATIVE])
@pytest.mark.parametrize(
    ("status", "said", "objects"),
    [
        (422, "Error! You have no seats left", True),
        (403, "Read-only until Monday", True),
        (200, "You cannot do this now", True),
        (200, "Ann Lee was deactivated. She can no longer sign in", False),
        (200, "All is well", False),
        (200, "Locked by your organisation. Nothing was changed.", True),
        (200, "Ask the owner of the workspace", True),
        (200, "Deactivation is on its way, please wait", False),
        (200, "Ann Lee is now inactive", False),
        (200, "Ann Lee's access has been withdrawn", False),
    ],
)
def test_what_a_page_says_is_heard_where_no_question_was_asked(
    answering: Answering, page: str, status: int, said: str, objects: bool
) -> None:
    assert answering(page.replace("SAID", said), status, objections) == ([said] if objects else [])


def at_work(lane: Lane) -> Context:
    return Context(console=cast(Any, SimpleNamespace(losses=0)), lane=lane, evidence=cast(Any, None))


@pytest.mark.parametrize(
    ("status", "error", "looks"),
    [(403, OperationFailed, 1), (422, OperationFailed, 1), (408, EffectUnknown, 2), (200, EffectUnknown, 2)],
)
def test_a_change_that_the_status_refuses_is_looked_for_once_and_has_failed(
    answering: Answering, status: int, error: type[Exception], looks: int
) -> None:
    async def work(page: Page) -> bool:
        seen: list[str] = []

        async def act() -> list[str]:
            await page.evaluate("fetch('/people/7', {method: 'POST'})")
            return []

        async def missing() -> str:
            seen.append("the status is active")
            return seen[-1]

        context = at_work(lane_on(page, timeout=0.1))
        with pytest.raises(error, match="deactivate"):
            await change(context, email=EMAIL, what="deactivate", act=act, missing=missing)
        return len(seen) == 1 if looks == 1 else len(seen) >= looks

    assert answering("<main>People</main>", status, work)


SIGN_IN = "<main><h1>Log in</h1><label>Password <input type=password></label><button>Log in</button></main>"


def test_whoever_is_asked_to_sign_in_was_refused_nothing(answering: Answering) -> None:
    async def work(page: Page) -> None:
        async def act() -> list[str]:
            await page.evaluate("fetch('/people/7', {method: 'POST'})")
            return []

        async def missing() -> str:
            return "the status is active"

        with pytest.raises(EffectUnknown):
            await change(at_work(lane_on(page, timeout=0.1)), email=EMAIL, what="deactivate", act=act, missing=missing)

    answering(SIGN_IN, 403, work)


@pytest.mark.parametrize(("method", "acted"), [("POST", True), ("GET", False)])
def test_what_is_sent_while_a_form_is_filled_in_counts_as_done(answering: Answering, method: str, acted: bool) -> None:
    async def work(page: Page) -> bool:
        context = at_work(lane_on(page))
        with suppress(ConsoleDrift):
            async with context.filling():
                await page.evaluate(f"fetch('/people/7', {{method: '{method}'}})")
                raise ConsoleDrift("managers is missing")
        return context.acted

    assert answering("<main>People</main>", 200, work) == acted


FORM = """<form><label>First name <input></label><div role=alert></div><button type=button>Save</button></form><script>
document.querySelector("button").onclick = async () => {
  const answer = await fetch("/people/7", {method: "POST"});
  document.querySelector("[role=alert]").textContent = "SAID";
};
</script>"""


@pytest.mark.parametrize(
    ("status", "said", "objects"),
    [
        (409, "Changes are closed for the audit", True),
        (409, "Deactivated people are changed elsewhere", True),
        (200, "Changes saved", False),
        (200, "The audit is running. Nothing was changed", True),
    ],
)
def test_an_alert_in_a_form_objects_where_the_status_does(
    answering: Answering, status: int, said: str, objects: bool
) -> None:
    async def work(page: Page) -> list[str]:
        lane = lane_on(page, timeout=4)
        answer = Answer(lane, page.locator("form"))
        await answer.note()
        await page.locator("button").click()
        return await answer.objections()

    assert answering(FORM.replace("SAID", said), status, work) == ([said] if objects else [])


@pytest.mark.parametrize(
    "said",
    [
        "It is switched off while the yearly audit is running. Nothing was changed.",
        "Nobody was added: changed hands",
        "None of the rows was saved",
    ],
)
def test_that_nothing_was_done_is_no_success(said: str) -> None:
    assert objecting([said]) == [said]
    assert refusing([said]) == (([said], []) if "hands" not in said else ([], [said]))


# -- a panel that refuses in place of asking --------------------------------------------------------------------------
PANEL = """<button onclick="document.querySelector('aside').hidden = false">Deactivate</button>
<aside ROLE style="position: fixed; top: 0; right: 0; width: 400px; height: 90%" hidden>HELD</aside>"""
WHY = (
    "<h2>Nobody here can be deactivated</h2><ul><li>Ann Lee <small>ann@x.example</small> Last administrator.</li></ul>"
)
CLOSE = """<a class=btn href="/admin/users" onclick="this.closest('aside').hidden = true; return false">Close</a>"""


async def asked(page: Page) -> tuple[bool, str | None, bool]:
    """Whether it asks, how it refuses, and whether the panel is open after it was left."""
    lane = lane_on(page, timeout=3)
    dialog = ConfirmDialog(lane, EMAIL, words.AFFIRM_DEACTIVATE, "Ann Lee")
    await dialog.answer.note_before("question")
    await lane.click(lane.find("action", words.DEACTIVATE), what="the action", screen="People")
    needed = await dialog.needed()
    if dialog.refusal is not None:
        assert await dialog.objections() == [dialog.refusal]
    await dialog.leave()
    return needed, dialog.refusal, await page.locator("aside").is_visible()


@pytest.mark.parametrize("role", ["", "role=dialog"])
def test_a_panel_that_can_only_be_closed_refuses_in_its_words(show: Show, role: str) -> None:
    page = PANEL.replace("ROLE", role).replace("HELD", WHY + CLOSE)
    why = "Nobody here can be deactivated. Ann Lee ann@x.example Last administrator."
    assert show(page, asked) == (False, why, False)


@pytest.mark.parametrize(
    "held",
    [
        f"{WHY}<button>Transfer and go on</button>{CLOSE}",
        f"{WHY}<label>Reason <input></label>{CLOSE}",
        f"<h2>Ann Lee was deactivated</h2>{CLOSE}",
    ],
)
def test_a_panel_that_offers_more_or_tells_of_success_refuses_nothing(show: Show, held: str) -> None:
    async def work(page: Page) -> None:
        with pytest.raises(ConsoleDrift, match="the question whether to deactivate is missing"):
            await asked(page)

    show(PANEL.replace("ROLE", "role=dialog").replace("HELD", held), work)


# -- the button that says yes -----------------------------------------------------------------------------------------
QUESTION = """<button onclick="document.querySelector('[role=dialog]').hidden = false">Deactivate</button>
<div role=dialog hidden><h2>Deactivate 1 person?</h2><p>Ann Lee</p><button>Cancel</button> <button id=yes>YES</button>
</div>"""


@pytest.mark.parametrize(
    ("affirm", "said", "is_yes"),
    [
        (words.AFFIRM_DEACTIVATE, "Deactivate 1 person", True),
        (words.AFFIRM_DEACTIVATE, "Deactivate 1 user", True),
        (words.AFFIRM_REACTIVATE, "Reactivate 1 person", True),
        (words.AFFIRM_DEACTIVATE, "Deactivate 2 people", False),
        (words.AFFIRM_DEACTIVATE, "Deactivate 11 person", False),
        (words.AFFIRM_REACTIVATE, "Reactivate 21 user", False),
    ],
)
def test_a_button_may_count_one_person_and_no_more(show: Show, affirm: words.Word, said: str, is_yes: bool) -> None:
    async def work(page: Page) -> int:
        lane = lane_on(page)
        dialog = ConfirmDialog(lane, EMAIL, affirm, "Ann Lee")
        await dialog.answer.note_before("question")
        await page.evaluate("document.querySelector('[role=dialog]').hidden = false")
        return await dialog.surface.count()

    assert show(QUESTION.replace("YES", said), work) == int(is_yes)


def test_a_question_that_is_drawn_anew_while_it_is_looked_at_is_looked_at_again(show: Show) -> None:
    redraws = """() => {
      const drawn = document.querySelector("[role=dialog]"), yes = document.querySelector("#yes");
      yes.disabled = true;
      setTimeout(() => drawn.remove(), 300);
      setTimeout(() => { document.body.append(drawn); yes.disabled = false; }, 900);
    }"""

    async def work(page: Page) -> str:
        lane = lane_on(page)
        dialog = ConfirmDialog(lane, EMAIL, words.AFFIRM_DEACTIVATE, "Ann Lee")
        await dialog.answer.note_before("question")
        await lane.click(lane.find("action", words.DEACTIVATE), what="the action", screen="People")
        assert await dialog.needed()
        await page.evaluate(redraws)
        page.set_default_timeout(100)
        return await (await dialog.ready()).inner_text(timeout=2000)

    assert show(QUESTION.replace("YES", "Deactivate"), work) == "Deactivate"


# -- importing --------------------------------------------------------------------------------------------------------
def test_an_import_that_is_closed_is_not_there_though_it_keeps_its_file_field(show: Show) -> None:
    page = """<main><table><tr><th>Name<th>Email<tr><td>Ann Lee<td>ann@x.example</table></main>
    <div class=modal role=dialog style="position: fixed; inset: 0; display: none"><h4>Import Users</h4>
    <input type=file><button>Cancel</button></div>"""

    closes = "button => { button.onclick = () => { button.parentNode.style.display = 'none'; }; }"

    async def work(page: Page) -> bool:
        lane = lane_on(page)
        loaded = await page.evaluate("performance.timeOrigin")
        await page.evaluate("document.querySelector('.modal').style.display = 'block'")
        dialog = ImportDialog(lane)
        await dialog.arrive()
        await page.locator("button").evaluate(closes)
        lane.noted["Import Users: nothing closes it"] = True
        await dialog.leave()
        return bool(loaded == await page.evaluate("performance.timeOrigin"))

    assert show(page, work)


@pytest.mark.parametrize("said", ["Upload and continue", "Check the rows", "Check the file", "Review the rows"])
def test_what_leads_on_from_a_file_uploads_it(show: Show, said: str) -> None:
    async def work(page: Page) -> bool:
        return await ImportDialog(lane_on(page)).upload_button.is_enabled()

    assert show(f"<main><input type=file><button>{said}</button></main>", work)


def test_no_word_that_only_leads_on_also_sends() -> None:
    sends = {alias.casefold() for alias in words.RUN_IMPORT.aliases}
    assert not [alias for alias in words.UPLOAD.aliases if alias.casefold() in sends or "import" in alias.casefold()]


@pytest.mark.parametrize(
    "inside",
    [
        "<button>×</button> Ann cannot be saved.",
        "<p>Ann cannot be saved.</p><button>Dismiss</button>",
        "<a href=#>✕</a> Ann cannot be saved. <button>Close</button>",
    ],
)
def test_what_the_console_says_is_told_without_what_takes_it_away(show: Show, inside: str) -> None:
    async def work(page: Page) -> Any:
        return await engine.evaluate(page, "messages")

    assert show(f"<main><div role=alert>{inside}</div></main>", work) == ["Ann cannot be saved."]


def test_what_was_drawn_behind_an_open_menu_is_nothing_new_once_it_has_closed(show: Show) -> None:
    html = """<div id=root><main><h1>People</h1><div class="MuiAlert-root"><strong>47 of 75 seats used</strong> · 6
    pending</div></main></div><div role=menu style="position: fixed; top: 90px"><button role=menuitem>Resend</button>
    </div>"""

    async def work(page: Page) -> list[str]:
        await page.evaluate("document.querySelector('#root').setAttribute('aria-hidden', 'true')")
        answer = Answer(lane_on(page), page.locator("[role=menu]"))
        await answer.note_before("question")
        await page.evaluate("""() => {
            document.querySelector("[role=menu]").remove();
            document.querySelector("#root").removeAttribute("aria-hidden");
            document.body.insertAdjacentHTML("beforeend", "<div role=alert>Invitation resent</div>");
        }""")
        return await answer.reports()

    assert show(html, work) == ["Invitation resent"]
