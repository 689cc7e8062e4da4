"""Addresses at which there is no console are told from consoles that look otherwise."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, Route

from connector.errors import ConsoleUnavailable, NoWay
from page_objects.lane import Lane
from page_objects.people_screen import PeopleScreen
from tests.screens.conftest import Show


def test_where_nothing_is_found_at_any_address_there_is_no_console(show: Show) -> None:
    async def work(page: Page) -> None:
        async def not_found(route: Route) -> None:
            await route.fulfill(status=404, content_type="text/html", body="<h1>Not Found</h1><a href=/>Home</a>")

        await page.route("**/*", not_found)
        await PeopleScreen(Lane(page=page, base_url="https://console.example", timeout=2)).open()

    with pytest.raises(ConsoleUnavailable) as unavailable:
        show("", work)
    assert unavailable.value.message == "People: there is no console at this address"
    assert unavailable.value.seen == "HTTP 404 at /admin/users, HTTP 404 at /"
    assert unavailable.value.advice == "check WORKRAMP_URL"


def test_where_there_is_a_first_page_its_screens_are_what_is_missing(show: Show) -> None:
    async def work(page: Page) -> None:
        async def first_page_alone(route: Route) -> None:
            found = route.request.url == "https://console.example/"
            body = "<h1>Welcome</h1><a href=/help>Help</a>" if found else "<h1>Not Found</h1>"
            await route.fulfill(status=200 if found else 404, content_type="text/html", body=body)

        await page.route("**/*", first_page_alone)
        await PeopleScreen(Lane(page=page, base_url="https://console.example", timeout=10)).open()

    with pytest.raises(NoWay):
        show("", work)
