"""What texts say before it is known what of: one line of them, nothing at all, so many, and two more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from page_objects import words


def plain(text: str) -> str:
    """One line, single spaces, no non-breaking ones."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " ")).strip()


_COUNTS = re.compile(r"(\d+)(?: (?:groups?|managers?|people|users?|items?|options?|values?|selected|chosen))*", re.I)


def count_of(text: str) -> int | None:
    """How many values a text says there are, that names none of them: '3', '2 selected', '1 item selected'."""
    counted = _COUNTS.fullmatch(text.strip())
    return int(counted[1]) if counted else None


_SAYS_NOTHING = re.compile(
    r"no (?:groups?|managers?|memberships?)\b.*"
    r"|not (?:in any|assigned|set|selected|a member|part of any|yet)\b.*"
    r"|(?:none|nothing|nobody)(?: (?:yet|assigned|selected|set|added))*",
    re.I,
)


def says_nothing(text: str, *, apart: bool = False) -> bool:
    """Whether a text stands for no value: a dash, 'none', 'Not in any group', 'No manager yet'.

    `apart`: it is drawn as chips are. Then it is a name, but for the few words that nobody calls a group.
    """
    return text.casefold() in words.NOTHING or (not apart and _SAYS_NOTHING.fullmatch(text) is not None)


_AND_MORE = re.compile(r"(?:^|[\s,;]|\band\b|&)\s*(?:\+\s*\d+|\+?\s*\d+\s+(?:more|others?)\b.*)$|(?:…|\.\.\.)$", re.I)


def is_cut_short(value: Mapping[str, Any]) -> bool:
    """Whether a value names only the first of several: '+2', 'Sales and 2 more', 'Sales, Suppo…'."""
    return any(_AND_MORE.search(plain(part)) for part in (*value["parts"], value["text"]))


def whole_in_title(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """A value cut short, as its title says it whole: 'Sales, Support +1', titled 'Sales, Support, R&D'.

    The title must begin with what the text names and go on with as many as the text leaves out; else it stays as it is.
    """
    first, left_out = _left_out(value)
    for title in map(plain, value.get("titles", ())) if left_out else ():
        names = [part.strip() for part in title.split(",")]
        if names[: len(first)] == first and len(names) == len(first) + left_out:
            return {**value, "text": title, "parts": [title], "apart": False}
    return value


def rest_in_title(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same where a title names those that the text leaves out, and these alone: 'Sales, Support +1', titled 'R&D'.

    Of several titles only one may name as many; the others may explain what is drawn.
    """
    first, left_out = _left_out(value)
    titles = {title: [part.strip() for part in title.split(",")] for title in map(plain, value.get("titles", ()))}
    rest = [title for title, names in titles.items() if len(names) == left_out and not {*names} & {*first, ""}]
    if not left_out or len(rest) != 1:
        return value
    whole = ", ".join([*first, rest[0]])  # which names these are, whoever knows the groups can tell
    return {**value, "text": whole, "parts": [whole], "apart": False}


def _left_out(value: Mapping[str, Any]) -> tuple[list[str], int]:
    """The names that a value says, and how many more it only counts; of chips, the last counts them."""
    parts = [plain(part) for part in value["parts"]]
    if _counts_in_chip(value):
        first = [name.strip() for part in parts[:-1] for name in part.split(",")]
        return first, int("".join(filter(str.isdigit, parts[-1])))
    cut = _LEAVES_OUT.fullmatch(plain(value["text"]))
    return ([part.strip() for part in cut[1].split(",")], int(cut[2] or cut[3])) if cut else ([], 0)


def _counts_in_chip(value: Mapping[str, Any]) -> bool:
    """Whether it is made of pieces of which the last says how many are left out: '+2'."""
    return len(value["parts"]) > 1 and _ONLY_COUNTS.fullmatch(plain(value["parts"][-1])) is not None


_LEAVES_OUT = re.compile(
    r"(.*?)(?:\s*,|\s+and|\s*&)?\s*(?:\+\s*(\d+)(?:\s+(?:more|others?))?|\s(\d+)\s+(?:more|others?))", re.I
)
_ONLY_COUNTS = re.compile(r"\+\s*\d+(?:\s+(?:more|others?))?|(?:and\s+)?\d+\s+(?:more|others?)", re.I)
_NAMELESS = re.compile(
    r"no (?:(?:first|last|full|given|family) )?names?\b.*|unnamed\b.*"
    r"|(?:(?:the )?(?:(?:first|last|full|given|family) )?names? )?(?:is |was |has )?(?:not|never) (?:been |yet )?"
    r"(?:given|provided|entered|known|set|available|specified|supplied|added|recorded|on file|yet)\b.*"
    r"|(?:(?:first|last|full|given|family) )?names? (?:not|unknown|pending|missing)\b.*|unknown",
    re.I,
)


def says_no_name(text: str) -> bool:
    """Whether a text stands in the place of a name: a dash, 'Not given', 'Name not provided', '(no name yet)'."""
    said = plain(text)
    return said.casefold() in words.NOTHING or _NAMELESS.fullmatch(said.strip("()[]–—-. ")) is not None


def names_of(first: str | None, last: str | None, whole: str | None) -> tuple[str | None, str | None]:
    """First and last name; a whole name is divided only where there is one way to do it."""
    if first is not None or last is not None:
        return first, last
    pieces = plain(whole or "").split(" ")
    return (pieces[0], pieces[1]) if len(pieces) == 2 and "," not in pieces[0] else (None, None)
