"""The hand-written script in several tabs at once, each signed in by itself: what these cores leave to any browser."""

from __future__ import annotations

import asyncio

from playwright.async_api import Browser, Page, async_playwright

from tests.benchmarks.contenders.common import SWITCHES, Job, Took, carry_out


async def signed_in(browser: Browser, job: Job) -> Page:
    page = await browser.new_page()
    await page.goto(f"{job.url}/admin/users")
    await page.get_by_label("Email").fill(job.email)
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_label("Password").fill(job.password)
    await page.get_by_role("button", name="Log in").click()
    await page.get_by_role("table", name="People").wait_for()
    return page


async def deactivate(page: Page, email: str) -> None:
    await page.get_by_label("Search by name or email").fill(email)
    await page.get_by_label("Search by name or email").press("Enter")
    await page.get_by_text("Showing 1-1 of 1").wait_for()
    row = page.get_by_role("row").filter(has_text=email)
    await row.get_by_role("button", name="Actions").click()
    await row.get_by_role("button", name="Deactivate").click()
    await page.get_by_role("dialog").get_by_role("button", name="Deactivate").click()
    await row.get_by_text("Inactive", exact=True).wait_for()


async def work(job: Job, took: Took) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=job.browser, args=SWITCHES)
        pages = [await signed_in(browser, job) for _ in range(job.lanes)]
        for email in job.warm:
            await deactivate(pages[0], email)
        left = list(reversed(job.addresses))

        async def lane(page: Page) -> None:
            while left:
                await deactivate(page, left.pop())

        with took.timed():
            await asyncio.gather(*map(lane, pages))
        await browser.close()


def handwritten_tabs(job: Job, took: Took) -> None:
    asyncio.run(work(job, took))


if __name__ == "__main__":
    carry_out(handwritten_tabs)
