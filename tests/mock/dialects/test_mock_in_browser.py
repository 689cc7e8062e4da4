"""The console in a real browser: what its scripts do, in every dialect and with every kind of table."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, expect

from fixtures.mock_console import MockConsole
from fixtures.mock_console.visitor import Visitor

BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable", "microsoft-edge")


@pytest.fixture(scope="module")
def chrome(playwright: Playwright) -> Iterator[Browser]:
    path = os.environ.get("WORKRAMP_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture
def tab(chrome: Browser, admin: Visitor) -> Iterator[Page]:
    """A tab that is signed in, whose scripts must not fail."""
    context = chrome.new_context(base_url=admin.mock.url, viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "wr_session", "value": admin.http.cookies["wr_session"], "url": admin.mock.url}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    expect.set_options(timeout=10_000)
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    context.close()
    assert failures == []


def _open_actions(tab: Page, dialect: str, email: str) -> Locator:
    """The open menu of the one row that a search for an address leaves."""
    tab.goto(f"/admin/users?search={email}&status=active")
    expect(tab.locator("#results").get_by_text(email)).to_be_visible()
    if dialect == "div":
        tab.locator(".menu-button").click()
        return tab.locator(".popup")
    if dialect == "aria":
        tab.get_by_role("grid").evaluate("grid => { grid.scrollLeft = 5000 }")
        tab.get_by_role("button", name="more", exact=True).click()
        return tab.get_by_role("menu")
    tab.get_by_role("button", name="Actions for").click()
    return tab.locator("[popover]:popover-open")


@pytest.mark.parametrize("dialect", ["plain", "aria", "div"])
def test_deactivating_asks_first_and_says_when_it_is_done(tab: Page, mock: MockConsole, dialect: str) -> None:
    mock.reset(dialect=dialect)
    _open_actions(tab, dialect, "maria.garcia2@northwind.example").get_by_text("Deactivate", exact=True).click()
    question = tab.locator("dialog, [role=alertdialog], .popconfirm")
    expect(question).to_contain_text("Deactivate Maria Garcia?")
    question.get_by_text("Cancel", exact=True).click()
    expect(question).to_have_count(0)
    assert mock.books().events_of("deactivated") == []
    _open_actions(tab, dialect, "maria.garcia2@northwind.example").get_by_text("Deactivate", exact=True).click()
    question.get_by_text("Deactivate", exact=True).click()
    expect(tab.get_by_text("Maria Garcia was deactivated")).to_be_visible()
    expect(tab.get_by_text("No people found")).to_be_visible()
    assert [event.subject for event in mock.books().events_of("deactivated")] == ["maria.garcia2@northwind.example"]


def test_a_toast_vanishes_after_some_seconds(tab: Page) -> None:
    tab.clock.install()
    tab.goto("/admin/users/10020")
    tab.get_by_role("button", name="Resend invitation").click()
    toast = tab.get_by_text("Invitation resent to")
    expect(toast).to_be_visible()
    tab.clock.run_for(5_500)
    expect(toast).to_have_count(0)


@pytest.mark.parametrize("dialect", ["plain", "aria", "div"])
def test_a_refusal_stays_in_the_dialog(tab: Page, mock: MockConsole, dialect: str) -> None:
    mock.reset(dialect=dialect)
    _open_actions(tab, dialect, mock.admin_email).get_by_text("Deactivate", exact=True).click()
    question = tab.locator("dialog, [role=alertdialog], .popconfirm")
    question.get_by_text("Deactivate", exact=True).click()
    expect(question).to_contain_text("You can't deactivate your own account.")
    assert mock.books().events_of("deactivated") == []


def test_an_invitation_with_native_controls(tab: Page, mock: MockConsole) -> None:
    tab.goto("/admin/users")
    tab.get_by_role("button", name="Invite User").click()
    dialog = tab.get_by_role("dialog", name="Invite User")
    dialog.get_by_role("button", name="Send invitation").click()
    expect(dialog.get_by_text("Enter an email address.")).to_be_visible()
    dialog.get_by_label("Email address").fill("new@northwind.example")
    dialog.get_by_label("First name").fill("New")
    dialog.get_by_label("Last name").fill("Hire")
    dialog.get_by_label("Role").select_option("Manager")
    dialog.get_by_label("Sales, EMEA").check()
    dialog.get_by_label("New group").fill("Brand New")
    dialog.get_by_role("button", name="Add", exact=True).click()
    dialog.get_by_role("textbox", name="Managers").fill("ann@northwind.example, boss@example.com")
    dialog.get_by_role("button", name="Send invitation").click()
    expect(tab.get_by_text("Invitation sent to new@northwind.example")).to_be_visible()
    expect(dialog).to_have_count(0)
    _is_as_asked(mock)


def test_an_invitation_with_composite_widgets(tab: Page, mock: MockConsole) -> None:
    mock.reset(dialect="aria")
    tab.goto("/admin/users")
    tab.get_by_role("button", name="Invite User").click()
    dialog = tab.get_by_role("dialog", name="Invite User")
    dialog.get_by_label("Email address").fill("new@northwind.example")
    dialog.get_by_label("First name").fill("New")
    dialog.get_by_label("Last name").fill("Hire")
    expect(tab.get_by_role("option")).to_have_count(0)
    dialog.get_by_role("combobox", name="Role").click()
    tab.get_by_role("option", name="Manager").click()
    groups = dialog.get_by_role("combobox", name="Groups")
    groups.click()
    expect(tab.get_by_role("option")).to_have_count(len(mock.books().groups))
    tab.get_by_role("option", name="Sales, EMEA").click()
    groups.fill("marketing")
    groups.press("ArrowDown")
    expect(tab.locator(f"#{groups.get_attribute('aria-activedescendant')}")).to_have_text("Marketing")
    groups.press("Enter")
    groups.fill("Brand New")
    tab.get_by_role("option", name='Create "Brand New"').click()
    dialog.get_by_role("button", name="Remove Marketing").click()
    managers = dialog.get_by_role("combobox", name="Managers")
    managers.fill("ann@northwind.example")
    tab.get_by_role("option", name="Ann Lee ann@", exact=False).filter(has_not_text="Joann").first.click()
    managers.fill("boss@example.com")
    managers.press("Enter")
    dialog.get_by_role("button", name="Send invitation").click()
    expect(tab.get_by_text("Invitation sent to new@northwind.example")).to_be_visible()
    _is_as_asked(mock)


def test_an_invitation_without_roles(tab: Page, mock: MockConsole) -> None:
    mock.reset(dialect="div")
    tab.goto("/admin/users")
    tab.get_by_text("Invite User").click()
    tab.get_by_placeholder("Email address").fill("new@northwind.example")
    tab.get_by_placeholder("First name").fill("New")
    tab.get_by_placeholder("Last name").fill("Hire")
    popup = tab.locator(".popup")
    tab.get_by_text("Learner", exact=True).last.click()
    popup.get_by_text("Manager", exact=True).click()
    for typed, meant in (("emea", "Sales, EMEA"), ("Brand New", 'Add "Brand New"')):
        tab.get_by_placeholder("Groups").fill(typed)
        popup.get_by_text(meant, exact=True).click()
    for typed, meant in (
        ("ann@northwind.example", "ann@northwind.example"),
        ("boss@example.com", 'Add "boss@example.com"'),
    ):
        tab.get_by_placeholder("Managers").fill(typed)
        popup.get_by_text(meant, exact=True).click()
    tab.get_by_text("Send invitation").click()
    expect(tab.get_by_text("Invitation sent to new@northwind.example")).to_be_visible()
    _is_as_asked(mock)


def _is_as_asked(mock: MockConsole) -> None:
    person = mock.books().person("new@northwind.example")
    assert (person.first_name, person.last_name, person.role) == ("New", "Hire", "manager")
    assert person.groups == ("Sales, EMEA", "Brand New")
    assert person.managers == ("ann@northwind.example", "boss@example.com")
    assert len(mock.books().mails) == 2


@pytest.mark.parametrize("dialect", ["plain", "aria", "div"])
@pytest.mark.parametrize("variant", ["load-more", "infinite", "virtual"])
def test_a_long_list_shows_everybody_who_is_looked_for(
    tab: Page, mock: MockConsole, dialect: str, variant: str
) -> None:
    mock.reset(dialect=dialect, table=variant, people=80)
    tab.goto("/admin/users")
    cells = (
        "[data-rows] > *:not([aria-hidden]):not(.row-loading) > :nth-child(2)"
        if variant != "virtual"
        else "[data-rows]"
    )
    expect(tab.locator(cells).first).to_contain_text("@")
    seen: set[str] = set()
    rows = tab.locator("[data-rows] > *")
    for _ in range(60):
        before = rows.count()
        seen |= {word for word in tab.locator("[data-rows]").inner_text().split() if "@" in word}
        if len(seen) == 80:
            break
        if variant == "load-more":
            tab.get_by_text("Load more").click()
            expect(rows).not_to_have_count(before)
        elif variant == "infinite":
            rows.last.scroll_into_view_if_needed()
            tab.mouse.move(700, 500)
            tab.mouse.wheel(0, 1500)
            expect(rows).not_to_have_count(before)
        else:
            assert rows.count() < 40, "only the rows in view are there"
            # What a page does about being scrolled, it does with the next picture it draws.
            tab.locator("[data-viewport]").evaluate(
                """each => new Promise(drawn => {
                    each.scrollTop += 300;
                    requestAnimationFrame(() => requestAnimationFrame(drawn));
                })"""
            )
            # Rows that it does not hold yet are asked for then, and stand empty until they have come.
            expect(tab.locator(".row-loading")).to_have_count(0)
    assert seen == {person.email for person in mock.books().people}


def test_the_grid_holds_only_the_columns_in_view(tab: Page, mock: MockConsole) -> None:
    mock.reset(dialect="aria")
    tab.goto("/admin/users")
    headers = tab.get_by_role("columnheader")
    expect(headers.filter(has_text="Name")).to_have_count(1)
    expect(headers.filter(has_text="Actions")).to_have_count(0)
    tab.get_by_role("grid").evaluate("grid => { grid.scrollLeft = 5000 }")
    expect(headers.filter(has_text="Actions")).to_have_count(1)
    expect(headers.filter(has_text="Name")).to_have_count(0)


@pytest.mark.parametrize("dialect", ["aria", "div"])
def test_the_search_follows_the_typing(tab: Page, mock: MockConsole, dialect: str) -> None:
    mock.reset(dialect=dialect)
    tab.goto("/admin/users")
    field = tab.get_by_placeholder("Search by name or email")
    field.press_sequentially("joann@north", delay=10)
    expect(tab.get_by_text("joann@northwind.example")).to_be_visible()
    expect(tab.get_by_text("aaliyah")).to_have_count(0)
    expect(field).to_be_focused()
    tab.wait_for_url("**/admin/users?search=joann%40north")


@pytest.mark.parametrize("dialect", ["aria", "div"])
def test_an_import_through_a_drop_zone(tab: Page, mock: MockConsole, dialect: str) -> None:
    mock.reset(dialect=dialect)
    tab.goto("/admin/users/import")
    content = b"Email,First Name,Last Name\none@example.com,One,Er\nbad,,\n"
    with tab.expect_file_chooser() as chooser:
        tab.get_by_text("Drag a file here" if dialect == "aria" else "Choose a CSV file").click()
    chooser.value.set_files({"name": "hires.csv", "mimeType": "text/csv", "buffer": content})
    expect(tab.get_by_text("hires.csv")).to_be_visible()
    tab.get_by_text("Upload", exact=True).last.click()
    tab.get_by_text("Import 1 user").click()
    expect(tab.get_by_text("choose to skip the rows with errors")).to_be_visible()
    assert mock.books().find("one@example.com") is None
    tab.locator(".switch").click()
    tab.get_by_text("Import 1 user").click()
    expect(tab.get_by_text("1 user imported, 1 row skipped")).to_be_visible()
    assert mock.books().person("one@example.com").status == "invited"


def test_a_session_that_ended_leads_back_to_the_sign_in(tab: Page, mock: MockConsole) -> None:
    tab.goto("/admin/users?search=ann@")
    mock.end_sessions()
    tab.get_by_role("button", name="Invite User").click()
    tab.wait_for_url("**/login?next=%2Fadmin%2Fusers%3Fsearch%3Dann%40")


def test_notices_cover_the_page_until_they_are_answered(tab: Page, mock: MockConsole) -> None:
    mock.set_faults("cookie-banner", "whats-new")
    tab.goto("/admin/users")
    tab.get_by_role("button", name="Got it").click()
    tab.get_by_role("button", name="Accept all").click()
    tab.reload()
    expect(tab.get_by_role("heading", name="People")).to_be_visible()
    expect(tab.get_by_role("button", name="Got it")).to_have_count(0)
    expect(tab.get_by_role("button", name="Accept all")).to_have_count(0)


def _row_menu(tab: Page, dialect: str) -> Locator:
    """The open menu of the only row."""
    if dialect == "aria":
        tab.get_by_role("grid").evaluate("grid => { grid.scrollLeft = 5000 }")
    button = tab.locator("#results").locator(".menu-button")
    expect(button).to_have_count(1)
    button.click()
    return tab.locator("[popover]:popover-open" if dialect == "plain" else ".popup")


@pytest.mark.parametrize("dialect", ["plain", "aria", "div"])
def test_the_way_to_the_drawer_of_the_settings_edition(tab: Page, mock: MockConsole, dialect: str) -> None:
    mock.reset(edition="settings", dialect=dialect)
    tab.goto("/")
    tab.get_by_text("Settings", exact=True).click()
    tab.get_by_text("Users", exact=True).first.click()
    expect(tab.get_by_text("Invite Users")).to_be_visible()
    tab.goto(f"{tab.url}?search=lea.fischer")
    menu = _row_menu(tab, dialect)
    expect(menu).to_contain_text("Permanently Delete")
    menu.get_by_text("Edit User Information").click()
    drawer = tab.locator(".drawer")
    name = drawer.get_by_placeholder("Name") if dialect == "div" else drawer.get_by_label("Name", exact=True)
    expect(name).to_have_value("Lea Fischer")
    name.fill("Lea Petra Fischer")
    drawer.locator("[data-tab=groups]").click()
    expect(name).to_be_hidden()
    if dialect == "plain":
        drawer.get_by_label("R&D").check()
        drawer.get_by_label("All Employees").uncheck()
    elif dialect == "aria":
        drawer.get_by_role("button", name="Remove All Employees").click()
        drawer.get_by_role("combobox", name="Groups").fill("R&D")
        tab.get_by_role("option", name="R&D").click()
        tab.keyboard.press("Escape")  # the list stays open for more, and lies over 'Save'
    else:
        drawer.locator(".tag", has_text="All Employees").locator("span").click()
        drawer.get_by_placeholder("Groups").fill("R&D")
        tab.locator(".popup").get_by_text("R&D", exact=True).click()
    drawer.get_by_text("Save", exact=True).click()
    expect(tab.get_by_text("Changes saved")).to_be_visible()
    lea = mock.books().person("lea.fischer@northwind.example")
    assert lea.first_name == "Lea Petra"
    assert set(lea.groups) == {"Compliance 2026", "Onboarding: Week 1", 'Ramp "Fast Track"', "R&D"}
    assert len(lea.managers) == 2, "what other tabs say is kept"
    assert len(mock.books().people) == 212


@pytest.mark.parametrize("dialect", ["plain", "aria", "div"])
def test_a_manager_for_each_on_the_list_of_the_legacy_edition(tab: Page, mock: MockConsole, dialect: str) -> None:
    mock.reset(edition="legacy", dialect=dialect)
    tab.goto("/settings/users")
    tab.get_by_text("Invite New User").click()
    dialog = tab.locator(".dialog")
    dialog.locator("textarea").fill("one@example.com\ntwo@example.com")
    two = dialog.locator(".invitee", has_text="two@example.com")
    two.get_by_text("Add Manager").click()
    field = two.get_by_placeholder("Manager's email") if dialect == "div" else two.get_by_label("Manager's email")
    field.fill("grace.okafor@northwind.example")
    if dialect == "plain":
        dialog.get_by_label("Group", exact=True).fill("Brand New")
    elif dialect == "aria":
        dialog.get_by_role("combobox", name="Group").fill("Brand New")
        tab.get_by_role("option", name='Create "Brand New"').click()
    else:
        dialog.get_by_placeholder("Group", exact=True).fill("Brand New")
        tab.locator(".popup").get_by_text('Add "Brand New"').click()
    dialog.get_by_text("Invite", exact=True).click()
    expect(tab.get_by_text("2 invitations sent")).to_be_visible()
    one, two_ = (mock.books().person(email) for email in ("one@example.com", "two@example.com"))
    assert (one.groups, one.managers) == (("Brand New",), ())
    assert (two_.groups, two_.managers) == (("Brand New",), ("grace.okafor@northwind.example",))
    tab.goto("/settings/users?search=two@example")
    _row_menu(tab, dialect).get_by_text("Deactivate This User").click()
    tab.locator("dialog, [role=alertdialog], .popconfirm").get_by_text("Confirm", exact=True).click()
    expect(tab.get_by_text("two@example.com was deactivated")).to_be_visible()
    if dialect == "aria":
        tab.get_by_role("grid").evaluate("grid => { grid.scrollLeft = 5000 }")
    expect(tab.locator("#results").get_by_text("Reactivate", exact=True)).to_be_visible()
    assert mock.books().person("two@example.com").status == "deactivated"


@pytest.mark.parametrize("dialect", ["plain", "aria", "div"])
def test_single_sign_on_in_a_browser(chrome: Browser, mock: MockConsole, dialect: str) -> None:
    mock.reset(sign_in="sso", dialect=dialect)
    mock.end_sessions(identity=True)
    context = chrome.new_context(base_url=mock.url)
    page = context.new_page()
    page.goto("/admin/users")
    email = page.get_by_placeholder("Email") if dialect == "div" else page.get_by_label("Email")
    email.fill(mock.admin_email)
    page.get_by_text("Continue", exact=True).click()
    page.wait_for_url(f"{mock.identity_url}/**")
    page.get_by_label("Password").fill(mock.admin_password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{mock.url}/admin/users")
    # The list may still ask for rows: answered by the sign-in page, too, they would make it lead back to the list.
    page.goto("about:blank")
    mock.end_sessions()
    page.goto("/admin")
    page.get_by_text("Sign in with single sign on").click()
    page.wait_for_url(f"{mock.url}/admin")
    context.close()


def test_a_tour_a_survey_and_a_chat_button_lie_over_the_page(tab: Page, mock: MockConsole) -> None:
    mock.set_faults("product-tour", "survey", "chat-bubble")
    tab.goto("/admin/users")
    expect(tab.get_by_role("button", name="Open chat")).to_be_visible()
    tab.locator("[data-notice=wr_survey] .icon-button").click()
    tab.get_by_role("button", name="Next").last.click()
    tab.get_by_role("button", name="Next").last.click()
    tab.get_by_role("button", name="Done").click()
    tab.reload()
    expect(tab.get_by_role("heading", name="People")).to_be_visible()
    expect(tab.locator(".whats-new")).to_have_count(0)
    assert mock.books().faults_fired == {"product-tour": 1, "survey": 1, "chat-bubble": 2}
