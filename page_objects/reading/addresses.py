"""Whose addresses a value or a list shows. What is a part of a name is nobody's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from page_objects.reading.texts import is_cut_short, plain, says_nothing, whole_in_title

ADDRESS = re.compile(r"[^\s<>()\[\]\",;:|]+@[^\s<>()\[\]\",;:|]+")
_NAMED_ADDRESS = re.compile(rf"[^@<>()]*?\s*(?:<({ADDRESS.pattern})>|\(({ADDRESS.pattern})\))")
_NAME_BEFORE_ADDRESS = re.compile(r"([^@]*[^@\s])(?:\s*[<(\[]\S+@\S+[>)\]]|(?:,|\s[–—-])\s\S+@\S+)")
_BESIDE = re.compile(r"\s*[,;·•|\n]\s*|\s+[–—-]\s+")
"""What stands between several people, or between a name and an address."""


def addresses_in(value: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Every e-mail address that stands anywhere in a value, in order, each once."""
    return () if value is None else tuple(dict.fromkeys(ADDRESS.findall(" ".join([*value["parts"], value["text"]]))))


def name_before_address(piece: str) -> str | None:
    """What somebody is called in a text that has her address behind her name: 'Ann Lee <ann@x.example>'."""
    named = _NAME_BEFORE_ADDRESS.fullmatch(piece)
    return named[1] if named else None


def addresses_of(value: Mapping[str, Any] | None) -> tuple[str, ...] | None:
    """The people in a value by their e-mail addresses, in order, each once.

    None where not all are there, or not by their addresses: "Mailbox of ann@x.example" is what somebody is called. A
    name may have its address as its title; where each chip of a field tells one so, `each` has them.
    """
    if value is not None and value.get("each"):
        return tuple(dict.fromkeys(value["each"]))
    if value is None or is_cut_short(value := whole_in_title(value)):
        return None
    said = [plain(part) for part in value["parts"]] or [plain(value["text"])]
    if (found := _addresses_alone(said, strict=bool(value.get("control")))) is not None:
        return found
    titles = tuple(dict.fromkeys(title for title in value.get("titles", ()) if ADDRESS.fullmatch(title)))
    if titles and len(titles) == len(value["parts"]):
        return titles
    return () if says_nothing(plain(value["text"])) else None


def _addresses_alone(pieces: Sequence[str], *, strict: bool) -> tuple[str, ...] | None:
    """The addresses of pieces that are nothing but addresses, some with a name; None where it is not sure whose.

    `strict`: each piece stands for somebody by itself, as a chip does.
    """
    each = [_addresses_in_piece(piece, strict=strict) for piece in pieces]
    # A name and an address, a name and an address: then a name may hold anything.
    named, after = pieces[::2], pieces[1::2]
    paired = len(named) == len(after) and all(map(ADDRESS.fullmatch, after))
    if not strict and paired and not any(map(ADDRESS.fullmatch, named)):
        return tuple(dict.fromkeys(after))
    if any(found is None for found in each) or (strict and not all(each)):
        return None
    return tuple(dict.fromkeys(address for found in each for address in found or ())) or None


def _addresses_in_piece(piece: str, *, strict: bool) -> tuple[str, ...] | None:
    """The addresses of one piece of text; () where it holds none, None where one is but a part of what it says."""
    found = []
    fragments = [piece] if _NAMED_ADDRESS.fullmatch(piece) else [each for each in _BESIDE.split(piece) if each]
    for fragment in fragments:
        if named := _NAMED_ADDRESS.fullmatch(fragment):
            found.append(named[1] or named[2])
        elif ADDRESS.fullmatch(fragment):
            found.append(fragment)
        elif "@" in fragment:
            return None
    return tuple(found)


_SO_MANY = re.compile(r"\d[\d,. ]*(?: (?:members?|users?|people|persons?))?", re.I)


def addresses_listed(entries: Sequence[Sequence[str]], text: str) -> tuple[str, ...] | None:
    """The addresses in a list of people, one an entry; () where it says that there is nobody; else None."""
    if _lists_nothing(entries, text):
        return ()
    found = [_address_of_entry(entry) for entry in entries]
    return tuple(each for each in found if each) if found and all(found) else None


def _address_of_entry(entry: Sequence[str]) -> str | None:
    """Whose entry it is: the one piece that is nothing but an address, else the one address beside a name."""
    pieces = [plain(piece) for piece in entry]
    alone = dict.fromkeys(piece for piece in pieces if ADDRESS.fullmatch(piece))
    every = alone or dict.fromkeys(_addresses_alone(pieces, strict=False) or ())
    return next(iter(every)) if len(every) == 1 else None


def names_listed(entries: Sequence[Sequence[str]], text: str) -> tuple[str, ...] | None:
    """The names in a list of groups, one an entry, beside which may stand how many are in it; else as above."""
    if _lists_nothing(entries, text):
        return ()
    alone = all(_SO_MANY.fullmatch(part) for entry in entries for part in entry[1:])
    return tuple(entry[0] for entry in entries) if entries and alone else None


def _lists_nothing(entries: Sequence[Sequence[str]], text: str) -> bool:
    said = plain(text).rstrip(".")
    counted = re.search(r"\((\d+)\)", said)
    if len(entries) > 1 or (counted and int(counted[1])):
        return False
    # The line of a table without lines may say so under the title and the column's: "Groups (0) Group No groups".
    alone = plain(" ".join(entries[0])).rstrip(".") if entries else ""
    return (bool(alone) and says_nothing(alone, apart=True)) or (bool(said) and says_nothing(said))
