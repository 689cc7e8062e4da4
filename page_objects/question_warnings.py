"""What a question says of whom it is about besides what it asks: that she is managed elsewhere, or owns API keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from page_objects.person_row import scim_mark

_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
_OF_NOBODY = re.compile(
    r"\b(?:if|when|whenever|unless|whether|in case|any|only|users|people|persons|members|learners|accounts|anyone|"
    r"someone|somebody|everyone|whoever)\b",
    re.I,
)
"""Usual in what is said to everybody: 'If SCIM manages this person, …', 'Any API keys they own stop working.'"""
_NOT_MANAGED = re.compile(
    r"\b(?:not|never|no longer|no|without|is ?n['’]t|are ?n['’]t)\s+(?:\w+\s+){0,2}?"
    r"(?:managed|provisioned|synced|synchroni[sz]ed|controlled|scim)\b",
    re.I,
)
_OWNS_KEYS = re.compile(
    r"\b(?:owns?|holds?|has|have|is the owner of)\s+"
    r"(?:(?:an?|one|the|some|several|two|three|active|live|[1-9]\d*|personal)\s+)*API[ -](?:keys?|tokens?)\b"
    r"|(?<![\d.,])[1-9]\d*\s+(?:active |live |personal )?API[ -](?:keys?|tokens?)\b",
    re.I,
)
_WARNS = re.compile(r"^(?:⚠\S*\s*)?(?:warning|caution|attention|important|please note|note)\b[:!.]?", re.I)


@dataclass(frozen=True)
class Warned:
    """What a question warns of: `scim` that she is managed elsewhere, `keys` in its words that she owns API keys.

    `lines` are all its warnings, these included, as it says them.
    """

    scim: bool = False
    keys: str | None = None
    lines: tuple[str, ...] = ()


def warned(lines: Iterable[str], marked: Iterable[str], names: Sequence[str]) -> Warned:
    """What the lines of a question warn of, of which some are marked as warnings; `names` are what she is called."""
    said = [sentence for line in lines for sentence in _SENTENCES.split(line) if sentence.strip()]
    of_her = [sentence for sentence in said if not _OF_NOBODY.search(sentence)]
    scim = any(not _NOT_MANAGED.search(each) and scim_mark(_without(each, names)) for each in of_her)
    keys = next((each for each in of_her if _OWNS_KEYS.search(_without(each, names))), None)
    warnings = [*marked, *(line for line in said if _WARNS.search(line))]
    told = [line for at, line in enumerate(warnings) if not any(line in other for other in warnings[:at])]
    return Warned(scim, keys, tuple(told))


def _without(sentence: str, names: Sequence[str]) -> str:
    """The rest of a sentence: somebody may be called so."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        sentence = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", sentence, flags=re.I)
    return sentence
