"""The hand-written script with Selenium: the same clicks, and nothing read back."""

from __future__ import annotations

import os

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.benchmarks.contenders.common import SWITCHES, Job, Took, carry_out

CHROMEDRIVER = "BENCH_CHROMEDRIVER"


def row(email: str) -> str:
    return f'//tr[contains(., "{email}")]'


class Script:
    def __init__(self, job: Job) -> None:
        options = Options()
        options.binary_location = job.browser
        for switch in [*SWITCHES, "--window-size=1280,720"]:
            options.add_argument(switch)
        self.driver = webdriver.Chrome(options=options, service=Service(os.environ[CHROMEDRIVER]))
        self.wait = WebDriverWait(self.driver, 20, 0.05, [StaleElementReferenceException])
        self.url = job.url

    def one(self, xpath: str) -> WebElement:
        def shown(driver: webdriver.Chrome) -> WebElement | None:
            return next((each for each in driver.find_elements(By.XPATH, xpath) if each.is_displayed()), None)

        found: WebElement = self.wait.until(shown)
        return found

    def click(self, xpath: str) -> None:
        """Clicks it, again where the list was drawn anew in between."""

        def clicked(driver: webdriver.Chrome) -> bool:
            self.one(xpath).click()
            return True

        self.wait.until(clicked)

    def gone(self, xpath: str) -> None:
        self.wait.until(lambda driver: not driver.find_elements(By.XPATH, xpath))

    def sign_in(self, job: Job) -> None:
        self.driver.get(f"{self.url}/admin/users")
        self.one("//input[@name='email']").send_keys(job.email, Keys.ENTER)
        self.one("//input[@name='password']").send_keys(job.password, Keys.ENTER)
        self.one("//table//tbody/tr")

    def search(self, email: str) -> None:
        field = self.one("//input[@name='search']")
        field.clear()
        field.send_keys(email, Keys.ENTER)
        self.one("//*[normalize-space()='Showing 1-1 of 1']")
        self.one(row(email))

    def deactivate(self, email: str) -> None:
        self.search(email)
        self.click(row(email) + "//button[starts-with(@aria-label, 'Actions')]")
        self.click(row(email) + "//button[normalize-space()='Deactivate']")
        self.click("//dialog//button[normalize-space()='Deactivate']")
        self.one(row(email) + "//*[normalize-space()='Inactive']")

    def invite(self, email: str) -> None:
        self.click("//button[normalize-space()='Invite User']")
        self.one("//dialog//input[@name='email']").send_keys(email)
        self.one("//dialog//input[@name='first_name']").send_keys("New")
        self.one("//dialog//input[@name='last_name']").send_keys("Person")
        Select(self.one("//dialog//select[@name='role']")).select_by_visible_text("Learner")
        self.click("//dialog//button[normalize-space()='Send invitation']")
        self.gone("//dialog")


def selenium(job: Job, took: Took) -> None:
    script = Script(job)
    try:
        script.sign_in(job)
        act = script.invite if job.work.startswith("invite") else script.deactivate
        for email in job.warm:
            act(email)
        if job.work == "show":
            with took.timed():
                script.search(job.addresses[0])
        elif job.work.endswith("-each"):
            for email in job.addresses:
                with took.timed():
                    act(email)
        else:
            with took.timed():
                for email in job.addresses:
                    act(email)
    finally:
        script.driver.quit()


if __name__ == "__main__":
    carry_out(selenium)
