"""The page loads that reading the list needs: each page opened in a browser, and nothing read of it."""

from __future__ import annotations

from playwright.sync_api import sync_playwright

from tests.benchmarks.contenders.common import SWITCHES, Job, Took, carry_out
from tests.benchmarks.contenders.handwritten import sign_in


def page_loads(job: Job, took: Took) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=job.browser, args=SWITCHES)
        page = browser.new_page()
        sign_in(page, job)
        pages = -(-job.people // 25)
        with took.timed():
            for number in range(1, pages + 1):
                page.goto(f"{job.url}/admin/users?page={number}", wait_until="domcontentloaded")
        took.more["pages"] = pages
        browser.close()


if __name__ == "__main__":
    carry_out(page_loads)
