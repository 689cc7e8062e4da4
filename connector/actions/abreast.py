"""Looking at many people one by one, in as many tabs at once as the settings allow."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TypeVar

from playwright.async_api import Error as PlaywrightError

from connector.actions.context import Context
from connector.console import Console
from connector.errors import ConnectorError
from connector.lanes import side_by_side
from connector.wording import mapped
from page_objects.lane import is_gone, is_navigation

W = TypeVar("W")
R = TypeVar("R")

_WORTH_A_TAB = 3
"""Opening a tab, with the list of people in it, takes as long as looking at so many people."""


async def abreast(
    context: Context,
    what: Sequence[W],
    look: Callable[[Context, W], Awaitable[R]],
    done: Callable[[int], None],
    *,
    doing: str,
) -> list[R]:
    """What `look` tells of each, in the same order. It must change nothing: where a session ends, it begins anew.

    Args:
        context: whose lane is the first.
        what: what to look at.
        look: looks at one of them, in the lane of the context that it is given.
        done: hears how many are done.
        doing: what is being done, by which evidence of what fails in another lane than the first is named.

    Raises what the first to fail raises, once the others have finished what they had in hand.
    """
    lanes = max(1, min(context.console.settings.lanes, len(what) // _WORTH_A_TAB))
    others = [_beside(context) for _ in range(lanes - 1)]
    contexts = [context]
    found: dict[int, R] = {}

    async def work(lane: int, number: int) -> None:
        mine = contexts[lane]
        try:
            found[number] = await mine.steadily(partial(_looked, mine, context, look, what[number]))
        except PlaywrightError as error:
            if is_gone(error) or is_navigation(error):
                raise  # whoever called begins anew
            raise await _with_evidence(mine, mapped(error), doing) from error
        except ConnectorError as error:
            if mine is not context and not error.evidence:
                await _with_evidence(mine, error, doing)
            raise
        done(len(found))

    try:
        contexts += await _opened(context, others)
        await side_by_side([frozenset()] * len(what), len(contexts), work)
    finally:
        for other in others:
            await other.console.close()
    return [found[number] for number in range(len(what))]


async def _opened(context: Context, others: Sequence[Context]) -> list[Context]:
    """Those of the lanes that can be opened: a console may let nobody have several tabs, and one does as well."""
    usable = []
    came = await asyncio.gather(*(other.console.lane() for other in others), return_exceptions=True)
    for other, outcome in zip(others, came, strict=True):
        if isinstance(outcome, ConnectorError | PlaywrightError):
            context.lane.step(f"a tab less: {str(outcome).splitlines()[0]}")
        elif isinstance(outcome, BaseException):
            raise outcome
        else:
            usable.append(other)
    return usable


def _beside(context: Context) -> Context:
    """The same work in a lane of its own, which is opened when it is needed."""
    console: Console = context.console.beside()
    console.steps = context.console.steps.beside()
    return replace(context, console=console, pictures=[])


async def _looked(mine: Context, first: Context, look: Callable[[Context, W], Awaitable[R]], at: W) -> R:
    """The look, by somebody who knows what the first lane has seen of groups."""
    mine.lane.known_groups |= first.lane.known_groups
    mine.lane.offered_groups |= first.lane.offered_groups
    mine.lane.groups_listed = mine.lane.groups_listed or first.lane.groups_listed
    return await look(mine, at)


async def _with_evidence(mine: Context, error: ConnectorError, doing: str) -> ConnectorError:
    """The error, with what this lane shows: whoever catches it looks at the first one."""
    lane = mine.console.current_lane
    error.rewrite(mine.evidence.scrub)
    with suppress(OSError):  # a full disk must not hide what went wrong
        page = lane.page if lane is not None else None
        error.evidence = await mine.evidence.failure(page, doing, mine.console.steps, str(error))
    return error
