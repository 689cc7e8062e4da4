"""Who is here that could be taken for somebody else: a few searches, each asked only where it can tell more.

A console may search for pieces anywhere in an address, or only for the beginnings of words; the documentation says
neither. Where it was seen to do the former, whoever is found by a longer term was among those whom a shorter one in it
brought up, and the longer one need not be asked.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import combinations

from connector.actions.context import Context
from connector.addresses import address_key, look_alike, look_alike_searches, same_address
from page_objects.table import TableReading

_FINDS_WITHIN = "search finds within words"
_SHORTEST_PIECE = 3


async def look_alikes(context: Context, email: str) -> list[str]:
    """Addresses here that a person could take for this one, as far as a few searches bring them up."""
    terms = sorted(look_alike_searches(email), key=len)
    spares = any(shorter in longer for shorter, longer in combinations(terms, 2))
    within = spares and await _finds_within(context)
    found: dict[str, str] = {}
    known: list[str] = []
    for term in terms:
        if any(shorter in term for shorter in known):
            continue
        page = await _searched(context, term)
        for row in page.rows:
            address = context.people.person(row).email
            if look_alike(email, address):
                found[address_key(address)] = address
        if within and await _is_everybody(context, page):
            known.append(term)
    return sorted(found.values())


async def _searched(context: Context, term: str) -> TableReading:
    return await context.steadily(partial(context.people.search, term))


async def _is_everybody(context: Context, page: TableReading) -> bool:
    """Whether all whom a search found are in these rows, as the console says it."""
    if not page.rows:
        return await context.people.says_nobody()
    return await context.people.shown_total() == len(page.rows)


async def _finds_within(context: Context) -> bool:
    """Whether a search finds a piece from the middle of a word: tried once in a tab, by a piece of the own address."""
    noted = context.lane.noted
    if _FINDS_WITHIN not in noted:
        # One word, for an engine that searches for any of several would find it by another.
        word = max(re.findall(r"[a-z0-9]+", context.account.casefold().partition("@")[0]), key=len, default="")
        rows = (await _searched(context, word[1:])).rows if len(word) > _SHORTEST_PIECE else ()
        noted[_FINDS_WITHIN] = any(same_address(context.people.person(row).email, context.account) for row in rows)
    return bool(noted[_FINDS_WITHIN])
