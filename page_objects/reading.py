"""From what a cell or a labelled value shows to what it means. What cannot be told is None, never a guess."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from connector.models import Role, SeatPool, Status
from page_objects import words
from page_objects.words import Vocabulary, Word

_DATES = ("%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y", "%d %b %Y", "%d %B %Y", "%Y-%m-%d", "%m/%d/%Y")
_TIMES = ("", " %I:%M %p", " %I:%M:%S %p", " %H:%M", " %H:%M:%S")
_DATE_FORMATS = tuple(date + time for date in _DATES for time in _TIMES if not ("/" in date and "%H" in time))
"""Who writes slashes and twenty-four hours may as well write the day first."""
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[,.]? ", re.I)
_AT = re.compile(r"(?<=\d)(?:,? at |, | [·•@|–-] )(?=\d{1,2}:\d)", re.I)
"""What may stand between a day and a time."""


def plain(text: str) -> str:
    """One line, single spaces, no non-breaking ones."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " ")).strip()


def _meaning(texts: Sequence[str], names: Mapping[str, Word], vocabulary: Vocabulary) -> str | None:
    """The one value that these texts name, whole; None for none or for two different ones."""
    found = _meanings(texts, names, vocabulary)
    return found.pop() if len(found) == 1 else None


def _meanings(texts: Sequence[str], names: Mapping[str, Word], vocabulary: Vocabulary) -> set[str]:
    return {
        key
        for key, word in names.items()
        for alias in vocabulary.of(word)
        if any(plain(text).casefold() == alias.casefold() for text in texts)
    }


def _status_meaning(texts: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The status that these texts name. Who is 'Active' and 'Invitation pending' at once has not accepted yet."""
    found = _meanings(texts, words.STATUS_NAMES, vocabulary)
    if found == {"active", "invited"}:
        return "invited"
    return found.pop() if len(found) == 1 else None


def role_of(value: Mapping[str, Any] | None, vocabulary: Vocabulary) -> Role | None:
    """The role a cell or value names."""
    if value is None:
        return None
    found = _meaning([value["text"], *value["parts"]], words.ROLE_NAMES, vocabulary)
    return Role(found) if found else None


def status_of(value: Mapping[str, Any] | None, vocabulary: Vocabulary) -> Status | None:
    """The status a cell or value names; 'Inactive' is the guide's word for deactivated."""
    if value is None:
        return None
    found = _status_meaning([value["text"], *value["parts"]], vocabulary)
    return Status(found) if found else None


@dataclass(frozen=True)
class Standing:
    """What a status column tells. Help center: its values are User, Admin, Deactivated: status and role in one word."""

    status: Status | None = None
    role: Role | None = None
    is_admin: bool | None = None
    may_be_invited: bool = False
    """The word says only that the person is not deactivated: an open invitation looks the same."""


def standing_of(value: Mapping[str, Any] | None, vocabulary: Vocabulary) -> Standing:
    """Status and, where the status says it, role. A badge such as 'Invited' beside the word decides the status."""
    if value is None:
        return Standing()
    texts = [value["text"], *value["parts"]]
    status = _status_meaning(texts, vocabulary)
    said = _meaning(texts, words.STATUS_WITH_ROLE, vocabulary)
    if said is None:
        return Standing(Status(status) if status else None)
    role = None if said == "user" else Role(said)
    found = Status(status) if status else Status.ACTIVE
    return Standing(found, role, is_admin=said == Role.ADMIN, may_be_invited=status is None)


def moment_of(value: Mapping[str, Any] | None) -> tuple[datetime | None, bool | None]:
    """A last login: the moment in UTC (None if not told) and whether it says that there never was one.

    The browser is set to UTC and en-US, so dates rendered by the page are in UTC and in that order.
    """
    if value is None:
        return None, None
    if _OF_INVITATION.match(plain(value["text"])):
        return None, True
    if value.get("datetime"):
        parsed = _iso(value["datetime"])
        if parsed:
            return parsed, False
    for text in [*value.get("titles", ()), value["text"], *value["parts"]]:
        # What is in brackets after a moment says the same again: "Mar 4, 2026, 9:12 AM (3 days ago)".
        # But a time zone in brackets: of another one than UTC nothing is told.
        line = re.sub(r"\s*\((?![A-Z]{1,5}(?:[+-][\d:]+)?\))[^()]*\)$", "", plain(text))
        line = _with_minutes(re.sub(r"\s*\(?\b(UTC|GMT|Z)\b\)?$", "", line))
        if parsed := _iso(line):
            return parsed, False
        line = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", _AT.sub(" ", _WEEKDAY.sub("", line)))
        for pattern in _DATE_FORMATS:
            try:
                return datetime.strptime(line, pattern).replace(tzinfo=UTC), False
            except ValueError:
                continue
    if plain(value["text"]).casefold().rstrip(".") in (*words.NEVER, "-", "--", "–", "—", "―"):
        return None, True
    return None, None


_OF_INVITATION = re.compile(r"\W*(?:invited|invitation|invite)\b", re.I)
"""Some tell of whoever has not come yet, in place of a last login, when she was invited."""

_HOUR = re.compile(r"\b(\d{1,2})(?::(\d\d))?(?::(\d\d))? ?([ap])\.?m\b\.?", re.I)


def _with_minutes(line: str) -> str:
    """A time of day as it is parsed: '3pm' and '3:05pm' with minutes and a blank, midday and midnight in figures."""
    line = re.sub(r"\b(?:midday|noon)\b", "12:00 PM", line, flags=re.I)
    line = re.sub(r"\bmidnight\b", "12:00 AM", line, flags=re.I)
    return _HOUR.sub(_in_full, line)


def _in_full(said: re.Match[str]) -> str:
    seconds = f":{said[3]}" if said[3] else ""
    return f"{said[1]}:{said[2] or '00'}{seconds} {said[4].upper()}M"


def _iso(text: str) -> datetime | None:
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return None
    return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def groups_of(value: Mapping[str, Any] | None, known: Collection[str] = ()) -> tuple[str, ...] | None:
    """Group names: each chip or line its own. A text joined by `;` is split there, by commas into known names.

    None where the console shows only some of them ('+2 more'), how many there are ('3', '2 selected'), or where commas
    could also belong to a name.
    """
    if value is None:
        return None
    value = _whole_in_title(value)
    parts = [plain(part) for part in value["parts"]]
    if _is_cut_short(value):
        return None
    if value.get("typed") is not None:
        whole = plain(value["typed"])
        is_count = count_of(whole) is not None and whole not in known
        return None if is_count else names_typed(value["typed"], value.get("by"), known)
    parts = [part for part in parts if part in known or not _says_nothing(part, apart=bool(value.get("apart")))]
    if len(parts) != 1:
        return tuple(dict.fromkeys(_as_known(part.strip(" ,;"), known) for part in parts))
    (text,) = parts
    if count_of(text) is not None and text not in known:
        return None
    if value.get("apart") or value.get("control"):
        return (_as_known(text, known),)
    if ";" in text and text not in known:
        return tuple(_as_known(part, known) for part in map(str.strip, text.split(";")) if part)
    if "," not in text:
        return (_as_known(text, known),)
    return groups_in(text, known)


def groups_text_of(value: Mapping[str, Any] | None) -> str | None:
    """The whole of a text in which commas join names of groups, or may belong to one; None for anything else."""
    if value is None or value.get("apart") or _is_cut_short(value):
        return None
    if value.get("typed") is not None:
        return plain(value["typed"]) if _SEPARATES.search(value["typed"]) else None
    if value.get("control"):
        return None
    parts = [plain(part) for part in value["parts"]]
    return parts[0] if len(parts) == 1 and "," in parts[0] and ";" not in parts[0] else None


def groups_in(text: str, known: Collection[str]) -> tuple[str, ...] | None:
    """The groups that a text joins by commas or semicolons, where there is one way to read it as known names."""
    ways = _ways(text, known) or _ways(_without_kinds(text), known)
    return ways.pop() if len(ways) == 1 else None


def _ways(text: str, known: Collection[str]) -> set[tuple[str, ...]]:
    return {way for by in ",;" if by in text for way in _splits(text, frozenset(known), by)}


_SEPARATES = re.compile(r"[,;\n]")


def names_typed(text: str, by: str | None, known: Collection[str] = ()) -> tuple[str, ...] | None:
    """The names in a field that is typed into: separated as the field says, else by how known names stand there.

    None where neither tells one name from another, or where a known name has the separator in it and may stand there.
    """
    whole = plain(text)
    if not whole or (whole not in known and _says_nothing(whole)):
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
        if len(pieces) > 1 and all(piece in known or _ADDRESS.fullmatch(piece) for piece in pieces):
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
    texts = {text, _without_kinds(text)}
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


def _without_kinds(text: str) -> str:
    return _KIND_BEFORE_COMMA.sub("", text)


def _as_known(name: str, known: Collection[str]) -> str:
    """The name without the kind beside it, where it is known so and not with it."""
    return bare if name not in known and (bare := without_kind(name)) in known else name


def names_offered(options: Sequence[str]) -> set[str]:
    """The names of groups that a field offers, as it spells them and without a kind: elsewhere they stand alone."""
    return {*options, *map(without_kind, options)}


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


def _says_nothing(text: str, *, apart: bool = False) -> bool:
    """Whether a text stands for no value: a dash, 'none', 'Not in any group', 'No manager yet'.

    `apart`: it is drawn as chips are. Then it is a name, but for the few words that nobody calls a group.
    """
    return text.casefold() in words.NOTHING or (not apart and _SAYS_NOTHING.fullmatch(text) is not None)


_AND_MORE = re.compile(r"(?:^|[\s,;]|\band\b|&)\s*(?:\+\s*\d+|\+?\s*\d+\s+(?:more|others?)\b.*)$|(?:…|\.\.\.)$", re.I)


def _is_cut_short(value: Mapping[str, Any]) -> bool:
    """Whether a value names only the first of several: '+2', 'Sales and 2 more', 'Sales, Suppo…'."""
    return any(_AND_MORE.search(plain(part)) for part in (*value["parts"], value["text"]))


def _whole_in_title(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """A value cut short, as its title says it whole: 'Sales, Support +1', titled 'Sales, Support, R&D'.

    The title must begin with what the text names and go on with as many as the text leaves out; else it stays as it is.
    """
    cut = _LEAVES_OUT.fullmatch(plain(value["text"]))
    if cut is None:
        return value
    first, left_out = [part.strip() for part in cut[1].split(",")], int(cut[2] or cut[3])
    for title in map(plain, value.get("titles", ())):
        names = [part.strip() for part in title.split(",")]
        if names[: len(first)] == first and len(names) == len(first) + left_out:
            return {**value, "text": title, "parts": [title]}
    return value


_LEAVES_OUT = re.compile(
    r"(.*?)(?:\s*,|\s+and|\s*&)?\s*(?:\+\s*(\d+)(?:\s+(?:more|others?))?|\s(\d+)\s+(?:more|others?))", re.I
)


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


_ADDRESS = re.compile(r"[^\s<>()\[\]\",;:|]+@[^\s<>()\[\]\",;:|]+")


_NAMED_ADDRESS = re.compile(rf"[^@<>()]*?\s*(?:<({_ADDRESS.pattern})>|\(({_ADDRESS.pattern})\))")
_BESIDE = re.compile(r"\s*[,;·•|\n]\s*|\s+[–—-]\s+")
"""What stands between several people, or between a name and an address."""


def addresses_in(value: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Every e-mail address that stands anywhere in a value, in order, each once."""
    return () if value is None else tuple(dict.fromkeys(_ADDRESS.findall(" ".join([*value["parts"], value["text"]]))))


def addresses_of(value: Mapping[str, Any] | None) -> tuple[str, ...] | None:
    """The people in a value by their e-mail addresses, in order, each once.

    None where not all are there, or not by their addresses: "Mailbox of ann@x.example" is what somebody is called. A
    name may have its address as its title; where each chip of a field tells one so, `each` has them.
    """
    if value is not None and value.get("each"):
        return tuple(dict.fromkeys(value["each"]))
    if value is None or _is_cut_short(value := _whole_in_title(value)):
        return None
    said = [plain(part) for part in value["parts"]] or [plain(value["text"])]
    if (found := _addresses_alone(said, strict=bool(value.get("control")))) is not None:
        return found
    titles = tuple(dict.fromkeys(title for title in value.get("titles", ()) if _ADDRESS.fullmatch(title)))
    if titles and len(titles) == len(value["parts"]):
        return titles
    return () if _says_nothing(plain(value["text"])) else None


def _addresses_alone(pieces: Sequence[str], *, strict: bool) -> tuple[str, ...] | None:
    """The addresses of pieces that are nothing but addresses, some with a name; None where it is not sure whose.

    `strict`: each piece stands for somebody by itself, as a chip does.
    """
    each = [_addresses_in_piece(piece, strict=strict) for piece in pieces]
    # A name and an address, a name and an address: then a name may hold anything.
    named, after = pieces[::2], pieces[1::2]
    paired = len(named) == len(after) and all(map(_ADDRESS.fullmatch, after))
    if not strict and paired and not any(map(_ADDRESS.fullmatch, named)):
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
        elif _ADDRESS.fullmatch(fragment):
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
    alone = dict.fromkeys(piece for piece in pieces if _ADDRESS.fullmatch(piece))
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
    return (bool(alone) and _says_nothing(alone, apart=True)) or (bool(said) and _says_nothing(said))


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


_NUMBER = r"(\d[\d,. ]*)"
_OF = re.compile(rf"^(?:showing |rows? )?{_NUMBER}\s*(?:-|–|—|to)\s*{_NUMBER}\s+(?:of|out of)\s+{_NUMBER}\b", re.I)
_SHOWING = re.compile(
    rf"^(?:showing|viewing|loaded)\s+{_NUMBER}\s+(?:of|out of|/)\s+{_NUMBER}\b(?!.*\b(?:seats?|pages?)\b)", re.I
)
_PEOPLE = "people|users|persons?|members|results?|records|entries|rows|items"
_TOTAL = re.compile(rf"^total(?:\s+(?:people|users|items))?:?\s*{_NUMBER}$", re.I)


def total_of(lines: Sequence[str], things: str = _PEOPLE) -> int | None:
    """How many people the console says match ('1-25 of 212', '212 people'); None for nothing or two things.

    `things` is a pattern of what is counted.
    """
    count = re.compile(rf"^(?:total:?\s*)?{_NUMBER}\s+(?:total\s+)?(?:{things})\b(?! (?:selected|per))", re.I)
    part = re.compile(rf"^{_NUMBER}\s+(?:of|out of)\s+{_NUMBER}\s+(?:{things})(?: (?:shown|loaded|displayed))?$", re.I)
    for pattern in (_OF, _SHOWING, _TOTAL, count, part):
        found = {_number(match[match.lastindex or 1]) for line in lines if (match := pattern.search(plain(line)))}
        if len(found) == 1:
            return found.pop()
    return None


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


_SEATS = re.compile(
    rf"[^\d]*?{_NUMBER.replace('(', '(?P<used>', 1)}\s*(?:of|/|out of)\s*{_NUMBER.replace('(', '(?P<total>', 1)}",
    re.I,
)
_UNIT = re.compile(r"\b(?:seats?|licen[sc]es?)\b", re.I)
_POOL = r"(?:internal|external|admin)s?(?: (?:learners?|users?))?"
_SO_MANY_OF = rf"{_NUMBER}\s*(?:of|/|out of)\s*{_NUMBER}"
_POOL_ALONE = re.compile(
    rf"(?:{_POOL}:?\s*{_SO_MANY_OF}|{_SO_MANY_OF}\s*{_POOL})\s*(?:(?:are )?(?:used|in use|taken))?", re.I
)
_FREE = r"(?:free|left|available|remaining|unused|open)\b"
_LEFT = re.compile(rf"[(,]?\s*{_NUMBER}\s*(?:seats?\s+|licen[sc]es?\s+)?{_FREE}\)?", re.I)
_IN_BRACKETS = re.compile(r"\([^()]*\d[^()]*\)")
_FREE_OF = re.compile(
    rf"{_NUMBER}\s*(?:of|/|out of)\s*{_NUMBER}\s+(?:\w+\s+){{0,2}}?(?:seats?|licen[sc]es?)\s+(?:are\s+)?{_FREE}", re.I
)
_USED = re.compile(rf"^{_NUMBER}\s+(?:licensed\s+)?seats?\s+used\b", re.I)
_ONLY_FREE = re.compile(rf"{_NUMBER}\s*(?:seats?\s+|licen[sc]es?\s+)?{_FREE}", re.I)
_HELD = re.compile(
    rf"{_NUMBER}\s*(?:more\s+)?(?:seats?\s+|licen[sc]es?\s+)?(?:are\s+)?(?:held|reserved|on hold|set aside|spoken for)"
    r"(?: (?:for|by) .*)?",
    re.I,
)
"""Usual: seats kept for whoever was invited and has not come yet, beside those in use."""


def seats_of(lines: Sequence[str]) -> tuple[SeatPool, ...]:
    """Seat pools from lines such as '52 of 100 seats used' or 'External learners: 4 / 10 licenses'.

    What the same line says to be held for others counts as used: '52 of 100 seats in use · 3 held'.
    """
    pools: dict[str, SeatPool] = {}
    first: dict[str, SeatPool] = {}
    for said in lines:
        pieces = [plain(part) for part in re.split(r"[·•|;]|, |(?<=\w)\. ", said)]
        found = _pools_in(_with_unit(pieces))
        for pool in found:
            if first.setdefault(pool.name, pool) == pool:
                taken = pool if len(found) > 1 else _with_held(pool, pieces)
                pools[pool.name] = max(taken, pools.get(pool.name, taken), key=lambda each: each.used)
    return tuple(pools.values())


def _with_unit(pieces: Sequence[str]) -> list[str]:
    """The pieces of a line, with its unit where one names a pool and leaves it out: '19 of 25 external.'."""
    if not any(_UNIT.search(piece) for piece in pieces):
        return list(pieces)
    return [f"{piece} seats" if _POOL_ALONE.fullmatch(piece.rstrip(".")) else piece for piece in pieces]


def _with_held(pool: SeatPool, pieces: Sequence[str]) -> SeatPool:
    """The pool with what other pieces of its line say: how many are held besides, how many are free."""
    if pool.total is None:
        return pool
    free = [_number(match[1]) for piece in pieces if (match := _ONLY_FREE.fullmatch(piece))]
    held = sum(_number(match[1]) for piece in pieces if (match := _HELD.fullmatch(piece)))
    used = pool.total - free[0] if len(free) == 1 else pool.used + held
    return pool.model_copy(update={"used": max(used, pool.used)})


def _pools_in(pieces: Sequence[str]) -> list[SeatPool]:
    pools: dict[str, SeatPool] = {}
    for whole in pieces:
        if match := _FREE_OF.search(whole):
            free, total = _number(match[1]), _number(match[2])
            pool = SeatPool(name=pool_name(whole), used=total - free, total=total)
            pools.setdefault(pool.name, pool)
            continue
        line = whole
        # What is left, and what else is said in brackets: "(15 pending invitations included)".
        for note in (_LEFT, _IN_BRACKETS):
            without = note.sub(" ", line).strip()
            line = without if _SEATS.search(without) else line
        if not _UNIT.search(line) or len(re.findall(r"\d[\d,.]*", line)) > 2:
            continue
        if match := _SEATS.search(line):
            pool = SeatPool(name=pool_name(line), used=_number(match["used"]), total=_number(match["total"]))
        elif match := _USED.search(line):
            pool = SeatPool(name=pool_name(line), used=_number(match[1]))
        else:
            continue
        pools.setdefault(pool.name, pool)
    return list(pools.values())


def pool_name(line: str) -> str:
    lowered = line.casefold()
    for name in ("internal", "external", "admin"):
        if name in lowered:
            return name
    return "licensed"
