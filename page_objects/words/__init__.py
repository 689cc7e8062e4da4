"""The words on the console's screens, each with every documented alias.

Sources: the user-management guide and the help center, as restated in docs/facts.md. What is marked "usual" is not
documented for WorkRamp; it is how consoles of this kind commonly put the same thing, and is accepted besides. Words are
compared whole, without regard to case, to required marks, counters and icon names; never as a part of a longer word.
A `#` stands for a number. A customer's own words come in as extra aliases of the same keys (see `Vocabulary`).

There is one module for each subject, and whatever it defines can be had as `words.X`: a console is compared with all
words, and `docs/labels.md` and a customer's file name their keys. The names are not listed once more here, as a word
that such a list forgets would go unknown.
"""

# ruff: noqa: F403

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

# In the order of the table in docs/labels.md, which lists the words as `known` finds them.
# isort: off
from page_objects.words.word import Vocabulary as Vocabulary
from page_objects.words.word import Word as Word
from page_objects.words.signing_in import *
from page_objects.words.people_list import *
from page_objects.words.inviting import *
from page_objects.words.importing import *
from page_objects.words.person import *
from page_objects.words.questions import *
from page_objects.words.seats import *
from page_objects.words.groups import *
from page_objects.words.details import *
from page_objects.words.exporting import *
from page_objects.words.values import *
from page_objects.words.account import *
# isort: on


def known() -> dict[str, Word]:
    """Every word of these modules by its key: what a customer's labels can add spellings to."""
    found: dict[str, Word] = {}
    for value in list(globals().values()):
        entries = [value] if isinstance(value, Word) else list(value.values()) if isinstance(value, Mapping) else []
        found |= {word.key: word for word in entries if isinstance(word, Word)}
    return found


@cache
def all_said() -> frozenset[str]:
    """Every alias of every word, in small letters: what stands on a console's buttons and titles is nobody's name."""
    return frozenset(alias.casefold() for word in known().values() for alias in word.aliases)
