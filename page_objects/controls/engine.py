"""The selector engine `word` and the single evaluations behind every control: tree.js and the files after it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, ElementHandle, Locator, Page, Playwright
from playwright.async_api import Error as PlaywrightError

from page_objects import overlays

ENGINE = "word"
_PARTS = (
    *("tree.js", "names.js", "kinds.js", "surfaces.js", "controls.js", "actions.js", "fields.js", "chips.js"),
    *(
        "options.js",
        "boxes.js",
        "texts.js",
        "cells.js",
        "persons.js",
        "messages.js",
        "tables.js",
        "values.js",
        "details.js",
    ),
    *("lines.js", "lists.js", "kept.js", "around.js", "groups.js", "question.js", "keys.js", "timers.js"),
    *("wide.js", "sign_in.js", "mapping.js", "bulk.js", "overlays.js"),
)
_MOST_NAVIGATIONS = 10
_NO_LIBRARY = "no library"
"""No JSON text: what a document answers that was not given the library yet."""


@cache
def _library(*also: str) -> str:
    library = ""
    # Each file but the first is a function of what the files before it make.
    for name in (*_PARTS, *also):
        part = (Path(__file__).parent / name).read_text(encoding="utf-8").strip().rstrip(";")
        # Comments at the top of a file must not stand between `return` and its value.
        part = part.replace('"{{interruptions}}"', json.dumps(overlays.known()))
        library = f"(\n{part}\n)({library})" if library else f"(\n{part}\n)"
    return library


_KEPT = "(globalThis[Symbol.for('page-objects.library')] ??= {})"


async def register(playwright: Playwright) -> None:
    """Makes `word=` selectors known to this Playwright; once, before any page is opened."""
    script = f"""(() => {{
      const lib = {_KEPT}[""] ??= {_library()};
      return {{
        query: (root, body) => lib.partOfLook(lib.find)(root, JSON.parse(body))[0] ?? null,
        queryAll: (root, body) => lib.partOfLook(lib.find)(root, JSON.parse(body)),
      }};
    }})()"""
    await playwright.selectors.register(ENGINE, script)


def selector(kind: str, **query: Any) -> str:
    """A selector for what `kind` names in the library's KINDS, e.g. `selector("action", words=["Invite User"])`."""
    return f"{ENGINE}={json.dumps({'kind': kind, **query}, ensure_ascii=True)}"


async def bring(context: BrowserContext) -> None:
    """Gives every document that is opened from now on the library at once, which else costs a look for each.

    Not those within another: nothing is looked for in a frame.
    """
    await context.add_init_script(f"if (window === window.top) {_KEPT}[''] ??= {_library()};")


async def count(page: Page, kind: str, **query: Any) -> int:
    """How many elements of a page `kind` names now, as `selector` would find them.

    In one evaluation: the first locator that is asked in a document costs it the whole of Playwright's own script.
    """
    found: int = await evaluate(page, "count", {"kind": kind, **query})
    return found


async def counts(page: Page, *queries: dict[str, Any]) -> list[int]:
    """The same for several, each a kind with what is asked of it, in one look."""
    found: list[int] = await evaluate(page, "counts", {"queries": queries})
    return found


async def evaluate(
    scope: Locator | ElementHandle | Page, function: str, argument: Any = None, *, also: str | None = None
) -> Any:
    """Calls one function of the library on a root element (of a page: the document's) and returns its JSON value.

    Waits for nothing: where the locator does not have exactly one element now, the value is None. `also` names a file
    of the library that is rarely needed and is sent along only then.
    """
    # As text both ways: Playwright's own encoding of nested values takes several times as long as the work itself.
    work = f"Promise.resolve(lib.look(lib.{function})(root, JSON.parse(argument))).then(v => JSON.stringify(v ?? null))"
    given = json.dumps(argument)
    bringing = False
    for _ in range(_MOST_NAVIGATIONS):
        body = _body(scope, work, also, bringing=bringing)
        try:
            answer = await (scope.evaluate_all if isinstance(scope, Locator) else scope.evaluate)(body, given)
        except PlaywrightError as error:
            # The page was replaced while it was looked at: look at the one that came.
            replaced = "context was destroyed" in str(error) or "of null" in str(error)
            if isinstance(scope, ElementHandle) or not replaced:
                raise
            page = scope.page if isinstance(scope, Locator) else scope
            await page.wait_for_load_state("domcontentloaded")
            continue
        if answer == _NO_LIBRARY:
            bringing = True
            continue
        return _parsed(answer)
    raise PlaywrightError("the page is replaced again and again: it keeps navigating")


def _body(scope: Locator | ElementHandle | Page, work: str, also: str | None, *, bringing: bool) -> str:
    """The function to run in the page. The library is sent once for each document, which keeps it."""
    kept = f"{_KEPT}[{json.dumps(also or '')}]"
    here = f"{kept} ??= {_library(also) if also else _library()}" if bringing else kept
    get = f"const lib = {here}; if (!lib) return {json.dumps(_NO_LIBRARY)}; return {work};"
    if isinstance(scope, ElementHandle):
        return f"(root, argument) => {{ {get} }}"
    if isinstance(scope, Locator):
        return f"(roots, argument) => {{ if (roots.length !== 1) return null; const root = roots[0]; {get} }}"
    return f"argument => {{ const root = document.body; root.nodeType; {get} }}"


def _parsed(text: str | None) -> Any:
    return None if text is None else json.loads(text)
