"""Pictures of a page on which somebody types a password or a code: nothing of it can be seen in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from connector.evidence import Evidence, StepLog
from connector.redaction import Redactor
from connector.settings import EvidenceLevel

PAGE = "<h1>Check your phone</h1><div id=host></div>"
FIELD = '<input aria-label="Code" {} style="font-size: 40px">'
PLACES = {"on the page": False, "in a shadow tree": True}
FIELDS = ["inputmode=numeric", 'autocomplete="one-time-code"', "type=password", "maxlength=1"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("field", FIELDS)
def test_a_picture_is_the_same_whatever_was_typed(
    show: Callable[..., Any], tmp_path: Path, place: str, field: str
) -> None:
    async def work(page: Page) -> None:
        await page.evaluate(
            """([html, shadow]) => {
                const host = document.querySelector("#host");
                (shadow ? host.attachShadow({ mode: "open" }) : host).innerHTML = html;
            }""",
            [FIELD.format(field), PLACES[place]],
        )
        evidence = Evidence(tmp_path, EvidenceLevel.ALL, Redactor([]))
        pictures, bare = [], []
        for typed in ("3", "4" if field == "maxlength=1" else "4815"):
            await page.get_by_label("Code").fill(typed)
            (kept,) = await evidence.picture(page, "code", StepLog())
            pictures.append(kept.read_bytes())
            bare.append(await page.screenshot())
        assert bare[0] != bare[1]  # what is to be covered can be seen
        assert pictures[0] == pictures[1]

    show(PAGE, work)


def test_a_field_that_comes_up_while_the_picture_is_taken_is_covered(
    show: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(page: Page) -> None:
        evidence, codes = Evidence(tmp_path, EvidenceLevel.ALL, Redactor([])), ["3", "4815"]
        pictures: list[bytes] = []
        take = Page.screenshot

        async def late(self: Page, **how: Any) -> bytes:
            field = FIELD.format(f"inputmode=numeric value={codes[len(pictures)]}")
            await page.evaluate("html => { host.innerHTML = html; }", field)
            return await take(self, **how)

        monkeypatch.setattr(Page, "screenshot", late)
        while len(pictures) < len(codes):
            await page.evaluate("host.innerHTML = ''")
            (kept,) = await evidence.picture(page, "code", StepLog())
            pictures.append(kept.read_bytes())
        assert pictures[0] == pictures[1]

    show(PAGE, work)
