"""What an engineer writes in an afternoon with Playwright: the same clicks for people, and nothing read back."""

from __future__ import annotations

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.contenders.common import SWITCHES, Job, Took, carry_out


def sign_in(page: Page, job: Job) -> None:
    page.goto(f"{job.url}/admin/users")
    page.get_by_label("Email").fill(job.email)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Password").fill(job.password)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("table", name="People").wait_for()


def search(page: Page, email: str) -> None:
    page.get_by_label("Search by name or email").fill(email)
    page.get_by_label("Search by name or email").press("Enter")
    page.get_by_text("Showing 1-1 of 1").wait_for()


def show(page: Page, email: str) -> str:
    search(page, email)
    page.get_by_role("row").filter(has_text=email).get_by_role("link").click()
    page.get_by_role("heading", name="Managers").or_(page.get_by_text("Managers", exact=True)).first.wait_for()
    return page.get_by_role("main").inner_text()


def deactivate(page: Page, email: str) -> None:
    search(page, email)
    row = page.get_by_role("row").filter(has_text=email)
    row.get_by_role("button", name="Actions").click()
    row.get_by_role("button", name="Deactivate").click()
    page.get_by_role("dialog").get_by_role("button", name="Deactivate").click()
    row.get_by_text("Inactive", exact=True).wait_for()  # the list is drawn again; a search typed before that is lost


def invite(page: Page, email: str) -> None:
    page.get_by_role("button", name="Invite User").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Email address").fill(email)
    form.get_by_label("First name").fill("New")
    form.get_by_label("Last name").fill("Person")
    form.get_by_label("Role").select_option("Learner")
    form.get_by_role("button", name="Send invitation").click()
    form.wait_for(state="hidden")


def read(page: Page) -> list[str]:
    rows = []
    while True:
        rows += page.locator("tbody tr").all_inner_texts()
        following = page.get_by_role("link", name="Next", exact=True)
        if not following.count():
            return rows
        first = page.locator("tbody tr").first.inner_text()
        following.click()
        page.locator("tbody tr").first.filter(has_not_text=first.split("\n")[0]).wait_for()


def handwritten(job: Job, took: Took) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=job.browser, args=SWITCHES)
        page = browser.new_page()
        sign_in(page, job)
        act = invite if job.work.startswith("invite") else deactivate
        for email in job.warm:
            act(page, email)
        if job.work == "show":
            with took.timed():
                show(page, job.addresses[0])
        elif job.work == "read":
            with took.timed():
                took.more["people"] = len(read(page))
        elif job.work.endswith("-each"):
            for email in job.addresses:
                with took.timed():
                    act(page, email)
        else:
            with took.timed():
                for email in job.addresses:
                    act(page, email)
        browser.close()


if __name__ == "__main__":
    carry_out(handwritten)
