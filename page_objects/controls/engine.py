"""The selector engine `word` and the single evaluations behind every control: see tree.js, find.js, read.js, wide.js."""

from __future__ import annotations

import functools
import json
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator, Page, Playwright

from page_objects import overlays

ENGINE = "word"
_MOST_NAVIGATIONS = 10


@cache
def _library(*also: str) -> str:
    library = ""
    # Each file but the first is a function of what the files before it make.
    for name in ("tree.js", "find.js", "read.js", "wide.js", "sign_in.js", "overlays.js", *also):
        part = (Path(__file__).parent / name).read_text(encoding="utf-8").strip().rstrip(";")
        # Comments at the top of a file must not stand between `return` and its value.
        part = part.replace('"{{interruptions}}"', json.dumps(overlays.known()))
        library = f"(\n{part}\n)({library})" if library else f"(\n{part}\n)"
    return library


async def register(playwright: Playwright) -> None:
    """Makes `word=` selectors known to this Playwright; once, before any page is opened."""
    script = f"""(() => {{
      const lib = {_library()};
      return {{
        query: (root, body) => lib.look(lib.find)(root, JSON.parse(body))[0] ?? null,
        queryAll: (root, body) => lib.look(lib.find)(root, JSON.parse(body)),
      }};
    }})()"""
    await playwright.selectors.register(ENGINE, script)


def selector(kind: str, **query: Any) -> str:
    """A selector for what `kind` names in find.js and read.js, e.g. `selector("action", words=["Invite User"])`."""
    return f"{ENGINE}={json.dumps({'kind': kind, **query}, ensure_ascii=True)}"


async def evaluate(scope: Locator | Page, function: str, argument: Any = None, *, also: str | None = None) -> Any:
    """Calls one function of the library on a root element (of a page: the document's) and returns its JSON value.

    Waits for nothing: where the locator does not have exactly one element now, the value is None. `also` names a file
    of the library that is rarely needed and is sent along only then.
    """
    # As text both ways: Playwright's own encoding of nested values takes several times as long as the work itself.
    work = f"Promise.resolve(lib.look(lib.{function})(root, JSON.parse(argument))).then(v => JSON.stringify(v ?? null))"
    given = json.dumps(argument)
    library = _library(also) if also else _library()
    if isinstance(scope, Locator):
        one = f"const root = roots[0], lib = {library}; return {work};"
        body = f"(roots, argument) => {{ if (roots.length !== 1) return null; {one} }}"
        look = functools.partial(scope.evaluate_all, body, given)
        page = scope.page
    else:
        body = f"argument => {{ const root = document.body; root.nodeType; const lib = {library}; return {work}; }}"
        look = functools.partial(scope.evaluate, body, given)
        page = scope
    for _ in range(_MOST_NAVIGATIONS):
        try:
            return _parsed(await look())
        except PlaywrightError as error:
            # The page was replaced while it was looked at: look at the one that came.
            if "context was destroyed" not in str(error) and "of null" not in str(error):
                raise
            await page.locator("body").wait_for(state="attached")
    raise PlaywrightError("the page is replaced again and again: it keeps navigating")


def _parsed(text: str | None) -> Any:
    return None if text is None else json.loads(text)
