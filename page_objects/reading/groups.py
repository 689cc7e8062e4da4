"""Names of groups: as chips, in lists joined by commas, and as they are typed into one field."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from page_objects.reading.addresses import ADDRESS
from page_objects.reading.texts import count_of, is_cut_short, plain, rest_in_title, says_nothing, whole_in_title


def groups_of(value: Mapping[str, Any] | None, known: Collection[str] = ()) -> tuple[str, ...] | None:
    """Group names: each chip or line its own. A text joined by `;` is split there, by commas into known names.

    None where the console shows only some of them ('+2 more'), how many there are ('3', '2 selected'), or where commas
    could also belong to a name.
    """
    if value is None:
        return None
    value = rest_in_title(whole_in_title(value))
    parts = [plain(part) for part in value["parts"]]
    if is_cut_short(value):
        return None
    if value.get("typed") is not None:
        whole = plain(value["typed"])
        is_count = count_of(whole) is not None and whole not in known
        return None if is_count else names_typed(value["typed"], value.get("by"), known)
    parts = [part for part in parts if part in known or not says_nothing(part, apart=bool(value.get("apart")))]
    if len(parts) != 1:
        return _each_as_known([part.strip(" ,;") for part in parts], known)
    (text,) = parts
    if count_of(text) is not None and text not in known:
        return None
    if value.get("apart") or value.get("control"):
        return (_as_known(text, known),)
    if ";" in text and text not in known:
        return _each_as_known([part for part in map(str.strip, text.split(";")) if part], known)
    if "," not in text:
        return (_as_known(text, known),)
    return groups_in(text, known)


def groups_text_of(value: Mapping[str, Any] | None) -> str | None:
    """The whole of a text in which commas join names of groups, or may belong to one; None for anything else."""
    if value is None or is_cut_short(value := rest_in_title(whole_in_title(value))) or value.get("apart"):
        return None
    if value.get("typed") is not None:
        return plain(value["typed"]) if _SEPARATES.search(value["typed"]) else None
    if value.get("control"):
        return None
    parts = [plain(part) for part in value["parts"]]
    return parts[0] if len(parts) == 1 and "," in parts[0] and ";" not in parts[0] else None


def groups_in(text: str, known: Collection[str]) -> tuple[str, ...] | None:
    """The groups that a text joins by commas or semicolons, where there is one way to read it as known names."""
    # "Sales, Sales (auto)" are two groups, of which the other is not known: it is none of a name with its kind.
    ways = _ways(text, known) or {way for way in _ways(_without_kinds(text, known), known) if len({*way}) == len(way)}
    return ways.pop() if len(ways) == 1 else None


def _ways(text: str, known: Collection[str]) -> set[tuple[str, ...]]:
    return {way for by in ",;" if by in text for way in _splits(text, frozenset(known), by)}


_SEPARATES = re.compile(r"[,;\n]")


def names_typed(text: str, by: str | None, known: Collection[str] = ()) -> tuple[str, ...] | None:
    """The names in a field that is typed into: separated as the field says, else by how known names stand there.

    None where neither tells one name from another, or where a known name has the separator in it and may stand there.
    """
    whole = plain(text)
    if not whole or (whole not in known and says_nothing(whole)):
        return ()
    by = by or separator_in(text, known)
    if by is None:
        return None if _SEPARATES.search(text) and whole not in known else (whole,)
    mark = by.strip() or "\n"
    if any(mark in name and _stands_in(name, whole, mark) for name in known):
        ways = _splits(whole, frozenset(known), mark)
        return ways[0] if len(ways) == 1 else None
    return tuple(dict.fromkeys(name for piece in text.split(mark) if (name := plain(piece))))


def separator_in(text: str, known: Collection[str] = ()) -> str | None:
    """What separates several names in a text, each of them known or an address; None where that is not told."""
    whole = plain(text)
    if whole in known:
        return None
    found = set()
    for mark, by in ((",", ", "), (";", "; "), ("\n", "\n")):
        pieces = [name for piece in text.split(mark) if (name := plain(piece))]
        if len(pieces) > 1 and all(piece in known or ADDRESS.fullmatch(piece) for piece in pieces):
            found.add(by)
    return found.pop() if len(found) == 1 else None


def pieces_of(text: str) -> list[str]:
    """What stands between the commas, semicolons and line breaks of a text."""
    return [said for piece in _SEPARATES.split(text) if (said := plain(piece))]


def made_of_several(name: str, typed: Collection[str]) -> bool:
    """Whether a name looks like several that were typed one after the other, and taken for one."""
    pieces = pieces_of(name)
    return len(pieces) > 1 and name not in typed and any(piece in typed for piece in pieces)


def is_among(name: str, text: str, known: Collection[str]) -> bool | None:
    """Whether a group is one of those that a text joins by commas, of which others may not be known.

    None where a known name that holds it with a comma around stands there: 'EMEA' in 'Sales, EMEA'; and where it has a
    comma itself, and may be two others side by side.
    """
    if _may_be_two(name, known):
        return None
    texts = {text, _without_kinds(text, known)}
    if not any(_stands_in(name, each) for each in texts):
        return False
    longer = [other for other in known if other != name and _stands_in(name, other)]
    return None if any(_stands_in(other, each) for other in longer for each in texts) else True


def _may_be_two(name: str, known: Collection[str]) -> bool:
    pieces = [piece.strip() for piece in name.split(",")]
    others = [other for other in known if other != name]
    for at in range(1, len(pieces)):
        head, tail = ", ".join(pieces[:at]), ", ".join(pieces[at:])
        ends = any(other == head or other.endswith(f", {head}") for other in others)
        if ends and any(other == tail or other.startswith(f"{tail}, ") for other in others):
            return True
    return False


def _stands_in(name: str, text: str, by: str = ",") -> bool:
    return re.search(rf"(?:^|{by})\s*{re.escape(name)}\s*(?:{by}|$)", text) is not None


def stands_among(name: str, text: str) -> bool:
    """Whether a text joined by commas has this name between two of them, whatever the names around it are."""
    return any(_stands_in(name, each) for each in (text, _without_kinds(text)))


_KIND = r"\s*[(\[](?:dynamic|static|automatic|auto|smart|rules?|rule-based|managed|locked|synced)\b[^()\[\]]*[)\]]"
_KIND_AT_END = re.compile(rf"(?<=\S){_KIND}$", re.I)
_KIND_BEFORE_COMMA = re.compile(rf"(?<=\S){_KIND}(?=\s*(?:,|$))", re.I)


def without_kind(name: str) -> str:
    """A group's name without its kind in brackets, as in 'New Hires (dynamic)'."""
    return _KIND_AT_END.sub("", name)


def says_kinds(value: Mapping[str, Any] | None) -> bool:
    """Whether what stands in brackets after a name may be its kind, or belong to it: 'Sales (auto)'."""
    return value is not None and any(_KIND_BEFORE_COMMA.search(plain(part)) for part in value["parts"])


def _without_kinds(text: str, known: Collection[str] = ()) -> str:
    """A text without the kinds in it; brackets that end a known name are no kind."""

    def kept(kind: re.Match[str]) -> str:
        return kind[0] if any(_ends_with(text[: kind.end()], name) for name in known) else ""

    return _KIND_BEFORE_COMMA.sub(kept, text)


def _ends_with(text: str, name: str) -> bool:
    return text == name or (text.endswith(name) and text[: -len(name)].rstrip().endswith((",", ";")))


def _each_as_known(names: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Each name as it is known, where that does not make one of two: 'Sales' and 'Sales (auto)'."""
    bare = [_as_known(name, known) for name in names]
    return tuple(
        dict.fromkeys(
            short if short == name or (short not in names and bare.count(short) == 1) else name
            for name, short in zip(names, bare, strict=True)
        )
    )


def _as_known(name: str, known: Collection[str]) -> str:
    """The name without the kind beside it, where it is known so and not with it."""
    return bare if name not in known and (bare := without_kind(name)) in known else name


def names_offered(options: Sequence[str]) -> set[str]:
    """The names of groups that a field offers, as it spells them and without a kind: elsewhere they stand alone."""
    return {*options, *map(without_kind, options)}


def _splits(text: str, known: frozenset[str], by: str = ",") -> list[tuple[str, ...]]:
    """Every way to read a text as known names joined by commas, or by another mark."""
    if not text:
        return [()]
    return [
        (name, *rest)
        for name in known
        if text == name or text.startswith(f"{name}{by}")
        for rest in _splits(text[len(name) :].lstrip(f"{by} "), known, by)
    ]
