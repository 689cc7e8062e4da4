"""Pages that ask one question each, with the answers to choose from: what they name, what may be answered, in small."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, ClassVar, cast

import pytest
from anyio.from_thread import BlockingPortal
from playwright.async_api import Page

from connector.actions import import_csv
from connector.actions.edit import invite_managers
from connector.errors import ConsoleDrift
from connector.models import Edit, Guard, ImportPeople, Invite, Outcome, Person, Result, Role, Status
from connector.stops import Look, Stop
from connector.survey import suggestions
from page_objects import words
from page_objects.choice_question import ChoiceQuestion
from page_objects.confirm_dialog import ConfirmDialog
from page_objects.controls.base import Declared, Screen
from page_objects.controls.fields import Switch
from page_objects.group_dialogs import DeleteGroupDialog, NewGroupForm
from page_objects.group_screen import GroupView
from page_objects.inspection import Finding, State
from page_objects.person_screen import PersonScreen
from page_objects.table import PeopleTable
from page_objects.words import Word
from tests.screens.conftest import Show
from tests.screens.shown import Form, lane_on

EMAIL = "sam.lee@x.example"


STYLE = """<style>.choice { position: relative; padding-left: 55px; min-height: 44px }
.choice input { position: absolute; left: 0; width: 44px; height: 44px; opacity: 0; cursor: pointer }
.choice label { cursor: pointer } .caption { display: block }</style>"""


def choices(kind: str, *names: str, chosen: str = "") -> str:
    return "".join(
        f"<div class=choice><input type={kind} name=c id=c{at} {'checked' if name == chosen else ''}>"
        f"<label for=c{at}>{name}</label></div>"
        for at, name in enumerate(names)
    )


def asking(legend: str, answers: str, *, hint: str = "", button: str = "Continue") -> str:
    return f"""{STYLE}<main><form method=post><fieldset><legend>{legend}</legend><p class=hint>{hint}</p>{answers}
      </fieldset><button>{button}</button></form></main>"""


ROLES = ("Learner", "Manager", "Admin", "Content creator")
ROLE_PAGE = asking(
    "<span class=caption>John Smith</span><h1>ASKED</h1>", choices("radio", *ROLES, chosen="Learner"), button="Save"
)


# -- an admin is made by nobody by mistake -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "answers",
    [
        choices("radio", *ROLES),
        choices("radio", "Admin", "User"),
        "".join(f"<div class=choice><input type=radio name=r><span>{name}</span></div>" for name in ROLES),
        "".join(
            f"<div role=radio tabindex=0 style='cursor: pointer' aria-checked=false>{name}</div>" for name in ROLES
        ),
    ],
)
def test_a_role_called_admin_is_no_switch(show: Show, answers: str) -> None:
    async def work(page: Page) -> int:
        return await Form(lane_on(page)).admin.locator.count()

    assert show(asking("What kind of account is it?", answers), work) == 0


def test_a_switch_that_does_not_show_whether_it_is_on_is_not_pressed(show: Show) -> None:
    page = (
        """<div>Admin <span id=it style="cursor: pointer" onclick="document.title = 'pressed'">change it</span></div>"""
    )

    class Loose(Switch):
        asked: ClassVar[dict[str, Any]] = {}

    class Old(Screen):
        name = "form"
        admin = Declared(Loose, words.FIELD_ADMIN)

    async def work(page: Page) -> str:
        with pytest.raises(ConsoleDrift, match="does not show whether it is on"):
            await Old(lane_on(page)).admin.turn(False)
        return await page.title()

    assert show(page.replace("Admin ", "<b>Admin</b>"), work) == ""


def test_a_box_called_admin_still_is_a_switch(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        form = Form(lane_on(page))
        await form.admin.turn(True)
        return await form.admin.read()

    assert show("<div><div>Admin</div><input type=checkbox></div>", work) == ["true"]


# -- fields named by questions -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("asked", ["What role should the user have?", "Which role does this person have? *", "Role"])
def test_a_role_is_chosen_where_a_question_in_its_legend_asks_for_it(show: Show, asked: str) -> None:
    async def work(page: Page) -> list[str]:
        form = Form(lane_on(page))
        await form.role.choose(words.ROLE_NAMES[Role.CONTENT_CREATOR.value])
        return await form.role.read()

    assert show(ROLE_PAGE.replace("ASKED", asked), work) == ["Content creator"]


@pytest.mark.parametrize(
    "asked",
    ["Which groups is the user in?", "Which groups should the user be in? (optional)", "What groups are they in?"],
)
def test_groups_are_the_boxes_under_the_question_which_groups_somebody_is_in(show: Show, asked: str) -> None:
    page = asking(
        f"<span class=caption>Jon Smith</span><h1>{asked}</h1>", choices("checkbox", "Sales", "Support", chosen="Sales")
    )

    async def work(page: Page) -> list[str]:
        form = Form(lane_on(page))
        await form.groups.add("Support")
        return await form.groups.read()

    assert show(page, work) == ["Sales", "Support"]


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("managers", "Who manages this user?"),
        ("managers", "Who does the person report to?"),
        ("email", "What is the user’s email address?"),
        ("email", "What is the new person's work e-mail address?"),
        ("first_name", "What is the user's first name?"),
        ("group_name", "What is the name of the group?"),
    ],
)
@pytest.mark.parametrize("inside", [True, False])
def test_a_field_is_known_by_the_question_that_labels_it(show: Show, field: str, asked: str, inside: bool) -> None:
    caption = "<span class=caption>Jon Smith</span>"
    label = f"<label for=f>{caption if inside else ''}{asked}</label>"
    page = f"<main><h1>{'' if inside else caption}{label}</h1><textarea id=f></textarea></main>"

    async def work(page: Page) -> list[str]:
        form = Form(lane_on(page))
        return [name for name in form.elements if await getattr(form, name).is_shown()]

    assert show(page, work) == [field]


@pytest.mark.parametrize("asked", ["What is the manager's email address?", "Which groups does the user own?"])
def test_a_question_about_something_else_names_no_field(show: Show, asked: str) -> None:
    async def work(page: Page) -> list[str]:
        form = Form(lane_on(page))
        return [name for name in form.elements if await getattr(form, name).is_shown()]

    assert show(f"<label>{asked} <input></label>", work) == []


def test_no_label_is_suggested_for_a_field_that_speaks_of_another() -> None:
    asks = ("What is the user’s email address?", "Access tier")
    looks = [
        Finding("Invite User", key, State.MISSING, True, key=key, instead=asks) for key in ("field_role", "field_email")
    ]
    lines = suggestions([Look(Stop("invite", "invite"), "Invite User", tuple(looks))]).splitlines()
    assert [line for line in lines if "=" in line] == [
        '# field_role = ["Access tier"]',
        '# field_email = ["What is the user’s email address?", "Access tier"]',
    ]


# -- a name that is none -----------------------------------------------------------------------------------------------
NO_NAMES = [
    "Not given",
    "Not provided",
    "Name not given",
    "(no name yet)",
    "—",
    "Not entered",
    "Name unknown",
    "Not set",
]


@pytest.mark.parametrize("said", NO_NAMES)
def test_what_stands_in_the_place_of_a_name_is_none(show: Show, said: str) -> None:
    page = f"<main><h1>{EMAIL}</h1><dl><dt>Name</dt><dd>{said}</dd><dt>Email address</dt><dd>{EMAIL}</dd></dl></main>"

    async def on_her_page(page: Page) -> Any:
        return await PersonScreen(lane_on(page), EMAIL).read()

    person = show(page, on_her_page)
    assert (person.first_name, person.last_name, person.shown_name) == (None, None, None)

    listed = f"<table><tr><th>Name</th><th>Email</th></tr><tr><td>{said}</td><td>{EMAIL}</td></tr></table>"

    async def in_the_list(page: Page) -> Any:
        table = PeopleTable(lane_on(page), "People")
        return table.person((await table.read()).rows[0])

    person = show(listed, in_the_list)
    assert (person.first_name, person.last_name, person.shown_name) == (None, None, None)


def test_whoever_is_called_so_keeps_her_name(show: Show) -> None:
    page = f"<main><dl><dt>Name</dt><dd>Givena Notley</dd><dt>Email</dt><dd>{EMAIL}</dd></dl></main>"

    async def work(page: Page) -> Any:
        return await PersonScreen(lane_on(page), EMAIL).read()

    assert show(page, work).first_name == "Givena"


# -- a question with Yes and No to choose ------------------------------------------------------------------------------
SURE = "<h1>Are you sure you want to deactivate {}?</h1>"
YES_NO = choices("radio", "Yes", "No")


async def answered(page: Page, affirm: Word = words.AFFIRM_DEACTIVATE, name: str | None = "Sam Lee") -> list[str]:
    """What is chosen when the question can be answered; or why it cannot."""
    dialog = ConfirmDialog(lane_on(page), EMAIL, affirm, name)
    try:
        assert await dialog.needed()
        yes = await dialog.ready()
    except ConsoleDrift as drift:
        assert not await page.locator("input:checked").count()
        return [drift.message]
    chosen = await page.locator("input:checked + label").all_text_contents()
    return [*chosen, await yes.inner_text()]


@pytest.mark.parametrize(
    ("legend", "answers", "hint"),
    [
        (SURE.format("Sam Lee"), YES_NO, EMAIL),
        (SURE.format("Sam Lee"), YES_NO, "They can no longer log in."),
        (SURE.format("this user"), YES_NO, f"{EMAIL} can no longer log in."),
        (SURE.format(EMAIL), choices("radio", "No", "Yes"), ""),
        (f"<span class=caption>User</span>{SURE.format('Sam Lee')}", YES_NO, EMAIL),
        ("Do you want to deactivate Sam Lee's account?", YES_NO, ""),
    ],
)
def test_yes_is_chosen_where_a_page_asks_about_her(show: Show, legend: str, answers: str, hint: str) -> None:
    assert show(asking(legend, answers, hint=hint), answered) == ["Yes", "Continue"]


@pytest.mark.parametrize("yes", ["Yes, I am sure", "Yes, I'm sure", "I understand, deactivate"])
def test_the_words_of_admin_sites_that_frameworks_bring_along_are_understood(show: Show, yes: str) -> None:
    html = f"""<h1>Deactivate user</h1><p>Are you sure you want to deactivate <strong>Sam Lee</strong>?</p>
    <form method=post><button>{yes}</button> <a href="/admin/users">No, take me back</a></form>"""
    assert show(html, answered) == [yes]


def test_an_answer_in_more_words_is_yes_and_a_way_back_is_none(show: Show) -> None:
    answers = choices("radio", "Yes, deactivate this user", "No, go back")
    page = asking(SURE.format("Sam Lee"), answers, hint=EMAIL, button="Continue</button><button type=button>Cancel")
    assert show(page, answered) == ["Yes, deactivate this user", "Continue"]


@pytest.mark.parametrize(
    ("legend", "answers", "hint"),
    [
        (SURE.format("Sam Lee"), YES_NO, "sam.lee2@x.example"),
        (SURE.format("Sam Lee"), YES_NO, f"{EMAIL} manages bo@x.example"),
        (SURE.format("Sam Leeson"), YES_NO, ""),
        (SURE.format("Mary Sam Lee"), YES_NO, ""),
        (SURE.format("this user"), YES_NO, ""),
        (SURE.format("Sam Lee and permanently delete the account"), YES_NO, EMAIL),
        (SURE.format("Sam Lee"), choices("radio", "Yes, and delete the account", "No"), EMAIL),
    ],
)
def test_nothing_is_chosen_where_it_asks_about_somebody_else_or_more(
    show: Show, legend: str, answers: str, hint: str
) -> None:
    (problem,) = show(asking(legend, answers, hint=hint), answered)
    assert problem.startswith("the question is not about this alone")


@pytest.mark.parametrize(
    ("legend", "answers"),
    [
        ("<h1>Are you sure you want to permanently delete Sam Lee?</h1>", YES_NO),
        ("<h1>Are you sure you want to delete Sam Lee?</h1>", YES_NO),
        ("<h1>Do you want to keep Sam Lee instead of deactivating the account?</h1>", YES_NO),
        (SURE.format("Sam Lee"), choices("radio", "Yes", "No", "Later")),
        (SURE.format("Sam Lee"), choices("radio", "Now", "On Monday")),
        (SURE.format("Sam Lee"), f"{YES_NO}<label>Reason <input></label>"),
    ],
)
def test_another_question_is_none_that_can_be_answered(show: Show, legend: str, answers: str) -> None:
    (problem,) = show(asking(legend, answers, hint=EMAIL), answered)
    assert "the question whether to deactivate is missing" in problem


@pytest.mark.parametrize("asked", ["Also delete the drafts?", "Tell the manager?"])
def test_what_a_question_asks_by_the_way_is_left_as_it_is(show: Show, asked: str) -> None:
    html = f"""<button onclick="document.querySelector('[role=dialog]').hidden = false">Ask</button>
    <div role=dialog hidden><h2>Deactivate Sam Lee?</h2><p>{asked}</p>
    <label><input type=radio name=d>Yes</label><label><input type=radio name=d checked>No</label>
    <button>Cancel</button><button>Deactivate</button></div>"""

    async def work(page: Page) -> tuple[str, int]:
        lane = lane_on(page)
        await lane.remember("question")
        await page.get_by_text("Ask").click()
        dialog = ConfirmDialog(lane, EMAIL, words.AFFIRM_DEACTIVATE, "Sam Lee")
        assert await dialog.needed()
        yes = await dialog.ready()
        return await yes.inner_text(), await page.locator("label:nth-of-type(2) input:checked").count()

    assert show(html, work) == ("Deactivate", 1)


def test_a_question_whether_to_reactivate_is_not_taken_for_its_opposite(show: Show) -> None:
    page = asking("<h1>Are you sure you want to reactivate Sam Lee?</h1>", YES_NO, hint=EMAIL)
    assert show(page, lambda p: answered(p, words.AFFIRM_REACTIVATE)) == ["Yes", "Continue"]
    assert "is missing" in show(page, answered)[0]


def test_an_answer_that_does_not_stay_chosen_is_not_sent(show: Show) -> None:
    page = asking(SURE.format("Sam Lee"), YES_NO, hint=EMAIL)
    script = "<script>document.onchange = () => { document.querySelector('#c1').checked = true; };</script>"

    async def work(page: Page) -> None:
        dialog = ConfirmDialog(lane_on(page), EMAIL, words.AFFIRM_DEACTIVATE, "Sam Lee")
        with pytest.raises(ConsoleDrift, match="does not stay chosen"):
            await dialog.ready()

    show(page + script, work)


@pytest.mark.parametrize(
    ("named", "hint", "ready"),
    [
        ("Sales EMEA", "This group has 15 members. They will not be deactivated.", True),
        ("Sales EMEA (archive)", "", False),
        ("Sales EMEA", "The accounts of its people will be deleted, too.", False),
    ],
)
def test_a_page_that_asks_whether_to_delete_a_group_is_answered_for_this_group_alone(
    show: Show, named: str, hint: str, ready: bool
) -> None:
    known = ("Sales", "Sales EMEA", "Sales EMEA (archive)")
    page = asking(f"<h1>Are you sure you want to delete {named}?</h1>", YES_NO, hint=hint)

    async def work(page: Page) -> bool:
        dialog = DeleteGroupDialog(lane_on(page), "Sales EMEA", known)
        assert await dialog.needed()
        if not ready:
            with pytest.raises(ConsoleDrift, match="not about"):
                await dialog.ready()
            return await page.locator("input:checked").count() == 1
        await dialog.require_about_the_group()
        await dialog.ready()
        return await page.get_by_label("Yes").is_checked()

    assert show(f"<nav>Sales</nav>{page}", work) is ready


def test_whom_a_question_asks_to_invite_is_read_from_the_question(show: Show) -> None:
    answers = choices("radio", "Yes, send an invitation", "No, do not change the managers")
    legend = "<span class=caption>Lee Chan</span><h1>Do you want to invite boss<wbr>@x.example?</h1>"

    async def work(page: Page) -> Any:
        return await ChoiceQuestion(lane_on(page), "affirm_invite").asked()

    asked = show(asking(legend, answers), work)
    assert (asked.of_whom, asked.yes) == (("boss@x.example",), "Yes, send an invitation")
    assert show(asking("<h1>Who do you want to invite?</h1>", answers), work) is None


INVITES = """<h1><span class=caption>Lee Chan</span>Do you want to invite {}?</h1>"""
BOSS = "boss@x.example"


@pytest.mark.parametrize(
    ("named", "hint", "overrides", "sent"),
    [
        (BOSS, "", {Guard.UNKNOWN_MANAGER}, True),
        ("BOSS@x.example", EMAIL, {Guard.UNKNOWN_MANAGER}, True),
        (BOSS, "", set(), False),
        ("bosse@x.example", "", {Guard.UNKNOWN_MANAGER}, False),
        (f"{BOSS} and bo@x.example", "", {Guard.UNKNOWN_MANAGER}, False),
        (BOSS, "bo@x.example", {Guard.UNKNOWN_MANAGER}, False),
        ("them", "", {Guard.UNKNOWN_MANAGER}, False),
    ],
)
def test_a_manager_who_is_nobody_yet_is_invited_where_that_was_let_pass_and_nobody_else(
    show: Show, named: str, hint: str, overrides: set[Guard], sent: bool
) -> None:
    answers = choices("radio", "Yes, send an invitation", "No, do not change the managers")
    page = asking(INVITES.format(named), answers, hint=hint)
    script = """<script>document.forms[0].onsubmit = (event) => {
      event.preventDefault();
      document.title = document.querySelector("input:checked + label").textContent;
      document.querySelector("main").innerHTML = "<h1>The managers of Lee Chan have been changed</h1>";
    };</script>"""

    async def work(page: Page) -> tuple[list[str], list[str], str]:
        asked: list[str] = []

        async def note(*emails: str) -> None:
            asked.extend(emails)

        context: Any = SimpleNamespace(lane=lane_on(page), overrides=overrides, picture=note, about_to_send=note)
        said = await invite_managers(context, Edit(email=EMAIL, add_managers=(BOSS,)), [])
        return said, asked, await page.title()

    said, asked, title = show(page + script, work)
    if sent:
        assert (said, asked[-1], title) == ([], EMAIL, "Yes, send an invitation")
    else:
        assert (said, asked, title) == ([f"it asks 'Do you want to invite {named}?', which was not answered"], [], "")


def test_what_a_console_says_to_a_save_that_asks_nothing_is_what_it_objects(show: Show) -> None:
    async def work(page: Page) -> list[str]:
        context: Any = SimpleNamespace(lane=lane_on(page), overrides=())
        return await invite_managers(context, Edit(email=EMAIL, add_managers=(BOSS,)), ["No seat is free"])

    assert show("<h1>Sam Lee</h1>", work) == ["No seat is free"]


# -- groups ------------------------------------------------------------------------------------------------------------
JOIN = ("An admin adds them (static group)", "By a rule about their role (dynamic group)")


@pytest.mark.parametrize(
    ("ways", "chosen", "left"),
    [
        (JOIN, "", [JOIN[0]]),
        (JOIN[::-1], JOIN[1], [JOIN[0]]),
        (("Added by hand", "Static", "Dynamic"), "", []),
        (("Everybody", "By a rule, not by hand"), "Everybody", ["Everybody"]),
        (("Public", "Private"), "", []),
    ],
)
def test_a_new_group_is_one_to_which_people_are_added_by_hand(
    show: Show, ways: tuple[str, ...], chosen: str, left: list[str]
) -> None:
    page = f"""{STYLE}<main><form method=post><label>Group name <input></label><fieldset><legend>How do users join this
      group?</legend>{choices("radio", *ways, chosen=chosen)}</fieldset><button>Create group</button></form></main>"""

    async def work(page: Page) -> list[str]:
        form = NewGroupForm(lane_on(page))
        await form.fill("Wave 10")
        return await page.locator("input:checked + label").all_text_contents()

    assert show(page, work) == left


MEMBERS = (
    "<table><tr><th>Name</th><th>Email address</th></tr><tr><td>Sam Lee</td><td>sam.lee@x.example</td></tr></table>"
)
GROUP = """<main><h1>Sales EMEA</h1><dl><dt>Name</dt><dd>Sales EMEA</dd><dt>Type</dt><dd>Static</dd>
<dt>Members</dt><dd><a href=#m onclick="follow()">{said}</a></dd>
<dt>Excluded users</dt><dd>bo@x.example</dd></dl></main>
<script>window.follow = () => {{ document.querySelector("main").innerHTML =
  `<h1><span class=caption>Sales EMEA</span>Members</h1>{members}`; }}</script>"""


@pytest.mark.parametrize("said", ["1 member", "1", "View members"])
def test_members_are_read_behind_the_link_that_counts_them(show: Show, said: str) -> None:
    async def work(page: Page) -> tuple[Any, list[str]]:
        view = GroupView(lane_on(page, timeout=5), {"name": ["Name"], "members": ["Members"]}, "Sales EMEA")
        await view.arrive()
        return await view.members(1), await view.pieces()

    members, pieces = show(GROUP.format(said=said, members=MEMBERS), work)
    assert members == (EMAIL,)
    assert "Static" in pieces


# -- an import ---------------------------------------------------------------------------------------------------------
def test_an_import_says_what_to_do_about_whoever_is_deactivated_as_an_invitation_does(
    monkeypatch: pytest.MonkeyPatch, portal: BlockingPortal
) -> None:
    person = Invite(email=EMAIL, first_name="Sam", last_name="Lee")
    here = Person(email=EMAIL, status=Status.DEACTIVATED)

    async def nothing(*_: Any) -> Any:
        return SimpleNamespace(find=nothing_but_her)

    async def nothing_but_her(email: str) -> Person:
        return here

    def outcome(operation: str, email: str, result: Result, message: str) -> Outcome:
        return Outcome(operation=operation, email=email, result=result, message=message)

    monkeypatch.setattr(import_csv, "who", nothing)
    work = import_csv._Import(
        cast(Any, SimpleNamespace(outcome=outcome)), ImportPeople(people=(person,)), lambda *_: None
    )
    portal.call(work.judge)
    assert [each.message for each in work.outcomes.values()] == ["is here and deactivated; use people reactivate"]
