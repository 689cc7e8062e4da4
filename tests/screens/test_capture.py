"""What a recording keeps of a page with everything that pages have: what is seen and typed, nothing that is hidden."""

from __future__ import annotations

from typing import Any

import pytest

from connector.offline import opened, started
from connector.pages import PageWriter, texts
from connector.scrubbing import Kind, Scrubber
from page_objects.controls import engine
from page_objects.words import Vocabulary
from tests.conftest import BROWSER, apart

PAGE = """<!DOCTYPE html><html lang="en"><head><title>People</title>
<meta name="csrf-token" content="meta-token-0123456789"><style>.gone{display:none}.thin{visibility:hidden}</style>
<script>window.token = "script-token-0123456789abc";</script></head><body>
<main><h1>People</h1>
<form><input type="hidden" name="csrf" value="hidden-token-0123456789">
<label for="f77">First name</label><input id="f77" value="Zora">
<label>Password<input type="password" value="typed-secret-1"></label>
<select aria-label="Role"><option>Learner</option><option selected>Admin</option></select>
<label><input type="checkbox" checked>Zebra Fans</label><textarea aria-label="Note">About Zora</textarea></form>
<button class="btn zora" onclick="go()">Invite User</button><button>Welcome Zora</button>
<span class="gone">Deactivate</span><span class="thin">Reactivate</span><x-part></x-part>
<a href="/users/4711?key=query-token-0123456789">Zora</a><a href="mailto:zora@zebra.example">write</a>
<!-- comment-token-0123456789 --><iframe srcdoc="frame-token-0123456789"></iframe></main>
<script>customElements.define('x-part', class extends HTMLElement {
  connectedCallback() { this.attachShadow({mode: 'open'}).innerHTML = '<button>Import Users</button>'; } });</script>
</body></html>"""

TOKENS = ("meta-token", "hidden-token", "script-token", "query-token", "comment-token", "frame-token", "typed-secret")


async def _captured_and_read_again() -> tuple[dict[str, Any], str, dict[str, Any]]:
    async with started(BROWSER) as browser:
        async with opened(browser, PAGE, Vocabulary()) as lane:
            captured = await engine.evaluate(lane.page, "capture", also="capture.js")
        scrubber = Scrubber(
            ("People", "First name", "Invite User", "Role", "Admin"), ("Zora", "zora@zebra.example"), salt=b"s"
        )
        page = PageWriter(scrubber).page(captured)
        async with opened(browser, page, Vocabulary()) as lane:
            queries = {
                "invite": {"kind": "action", "words": ["Invite User"]},
                "in a shadow": {"kind": "action", "words": ["Import Users"]},
                "name": {"kind": "field", "words": ["First name"]},
                "not drawn": {"kind": "text", "words": ["Deactivate"]},
                "not visible": {"kind": "text", "words": ["Reactivate"]},
            }
            found = await engine.evaluate(
                lane.page, "inspect", {"queries": list(queries.values()), "known": []}, also="inspect.js"
            )
            values = {
                "role": await lane.page.locator("select").evaluate("el => el.selectedOptions[0].label"),
                "ticked": await lane.page.locator("[type=checkbox]").is_checked(),
                "name": await lane.page.get_by_label("First name").input_value(),
                "password": await lane.page.locator("[type=password]").input_value(),
            }
    return captured, page, {name: look["count"] for name, look in zip(queries, found, strict=True)} | values


@pytest.fixture(scope="module")
def kept() -> tuple[dict[str, Any], str, dict[str, Any]]:
    return apart(_captured_and_read_again())


def test_what_is_seen_is_found_again_and_what_is_not_seen_is_not(kept: tuple[Any, str, dict[str, Any]]) -> None:
    _, _, read = kept
    assert (read["invite"], read["in a shadow"], read["not drawn"], read["not visible"]) == (1, 1, 0, 0)
    assert (read["role"], read["ticked"]) == ("Admin", True)


def test_what_somebody_typed_is_replaced_and_a_password_is_not_there(kept: tuple[Any, str, dict[str, Any]]) -> None:
    _, page, read = kept
    assert read["name"] not in ("", "Zora")
    assert read["password"] == ""
    assert "zora" not in page.casefold()
    assert "zebra" not in page.casefold()


@pytest.mark.parametrize("token", TOKENS)
def test_nothing_that_a_page_carries_unseen_is_kept(kept: tuple[Any, str, dict[str, Any]], token: str) -> None:
    _, page, _ = kept
    assert token in PAGE
    assert token not in page


@pytest.mark.parametrize("token", ["meta-token", "hidden-token", "script-token", "typed-secret"])
def test_what_must_not_be_written_is_known_by_what_the_page_carries(
    kept: tuple[dict[str, Any], str, Any], token: str
) -> None:
    captured, _, _ = kept
    assert any(secret.startswith(token) for secret in captured["secrets"])


def test_words_of_buttons_are_the_console_s_and_what_lies_beside_boxes_is_somebody_s(
    kept: tuple[dict[str, Any], str, Any],
) -> None:
    captured, _, _ = kept
    said = {text.strip(): kind for text, kind in texts(captured["body"])}
    assert said["Invite User"] is Kind.CONSOLE
    assert said["Zebra Fans"] is Kind.DATA
    assert said["About Zora"] is Kind.DATA
