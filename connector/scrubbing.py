"""Replaces personal data in what a console shows, the same by the same, and leaves the console's own words.

Everything is judged word by word, so that a part of a text is replaced as it is within the whole: "Ann Lee" in a cell,
`ann.lee@...` beside it and "Actions for Ann Lee" stay about one person on every screen. What is kept: documented
phrases as a whole, common words of interfaces, month names, the words of buttons and headings unless they are
somebody's. What is replaced keeps its kind: an address is an address, a name a name, so many digits are so many digits.

The replacement follows from a salt that is thrown away: nobody can try names against it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterable
from enum import StrEnum

_ADDRESS = re.compile(r"[^\s<>()\[\]\",;:|]+@[^\s<>()\[\]\",;:|]+\.[^\s<>()\[\]\",;:|.]+")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH = "|".join([*_MONTHS, *(month[:3] for month in _MONTHS), "Sept"])
_ISO = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?"
_MOMENT = re.compile(
    rf"(?P<iso>\b{_ISO}\b)"
    rf"|(?P<monthday>\b(?:{_MONTH})\.? \d{{1,2}}(?:,? \d{{4}})?\b)"
    rf"|(?P<daymonth>\b\d{{1,2}} (?:{_MONTH})\.?(?:,? \d{{4}})?\b)"
    rf"|(?P<slashed>\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b)"
    rf"|(?P<time>\b{_TIME}\b)"
)
_PIECE = re.compile(r"(?P<link>\bhttps?://\S+)|(?P<word>[^\W\d_]+)|(?P<number>\d(?:[\d,.\u202f' ()/+-]*\d)?)")
_COMMON = (
    "a administration after again ago all am an and any are as at available back be before between browse by can "
    "choose click close collapse columns complete copy count created csv current date day days default description "
    "done download drag drop each email emails empty enter entries error errors everyone expand false file files "
    "filter first for found free from gmt go has have help hide home hour hours id if import in inactive is it items "
    "last learn licensed limit list loading log login logout managed manually me menu minute minutes month months "
    "more most name names never new next no none not nothing now of off ok on one only open optional options or other "
    "out over own page pages password pending people per person pm previous profile remove required reset results row "
    "rows save scim search seat seats select selected send session set settings show showing sign signed since size "
    "skip some sort sorted status step steps sync table tags team than that the their them there they this time to "
    "today total true type under unlimited up update upload use used user users utc view warning was week weeks were "
    "when with within without workramp year years yes yesterday yet you your "
)
COMMON_WORDS = frozenset(_COMMON.split())
"""Words of interfaces in general: kept everywhere but where they are somebody's name."""

_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"


class Kind(StrEnum):
    """Whose words a text is made of: the console's own, unless somebody's name is among them, or data throughout."""

    CONSOLE = "console"
    DATA = "data"


class Scrubber:
    """Replaces by one salt; the same word always by the same, two different words never by the same.

    Args:
        phrases: the documented words of the console; as a whole text they stay whatever else they are.
        personal: texts known to be somebody's: names, groups, addresses, hosts. They are replaced everywhere as a
            whole, and their words one by one where these are not common ones.
        salt: what the replacement follows from; None takes a new one, which nobody will ever know.
    """

    def __init__(self, phrases: Iterable[str], personal: Iterable[str] = (), *, salt: bytes | None = None) -> None:
        self._salt = salt or secrets.token_bytes(16)
        self._phrases = frozenset(_phrase(phrase) for phrase in phrases)
        self._documented = frozenset(
            word.casefold() for phrase in self._phrases for word in re.findall(r"[^\W\d_]+", phrase)
        )
        self._kept = COMMON_WORDS | self._documented
        texts = {re.sub(r"\s+", " ", text).strip() for text in personal}
        named = sorted((text for text in texts if len(text) > 1 and "@" not in text), key=len, reverse=True)
        self._named = re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in named) or r"(?!)")
        self._personal = frozenset(
            word.casefold()
            for text in texts
            for part in ([text] if "@" not in text else re.split(r"[@.]", text)[:-1])
            for word in re.findall(r"[^\W\d_]+", part)
            if len(word) > 1 and word.casefold() not in self._kept
        )
        self._words: dict[str, str] = {}
        self._taken: set[str] = set()
        self.own_words: set[str] = set()
        """Words of the console itself that no documentation knows, kept as they are: to be looked through."""

    @property
    def personal(self) -> frozenset[str]:
        """The words replaced everywhere, casefolded."""
        return self._personal

    def is_documented(self, text: str) -> bool:
        """Whether a whole text is one of the console's documented phrases, ornaments and numbers aside."""
        return _phrase(text) in self._phrases

    def is_common(self, word: str) -> bool:
        """Whether a word is one of interfaces in general, or of a documented phrase."""
        return word.casefold() in self._kept

    def text(self, text: str, kind: Kind = Kind.DATA) -> str:
        """The text with everything personal replaced."""
        if self.is_documented(text):
            return self._numbers(text)
        return _each(_ADDRESS, text, lambda found: self.address(found[0]), lambda rest: self._without_names(rest, kind))

    def address(self, address: str) -> str:
        """An address in a reserved domain; its words are replaced as in names, its domain as a whole."""
        local, _, domain = address.rpartition("@")
        return f"{self._words_of(local, Kind.DATA, every=True)}@{self._word(domain.casefold())}.example"

    # -- numbers and moments --------------------------------------------------------------------------------------
    def _without_names(self, text: str, kind: Kind) -> str:
        def name(found: re.Match[str]) -> str:
            return self._words_of(found[0], Kind.DATA, every=not self.is_documented(found[0]))

        def between(rest: str) -> str:
            return _each(self._named, rest, name, lambda last: self._words_of(last, kind))

        return _each(_MOMENT, text, self._moment, between)

    def _moment(self, found: re.Match[str]) -> str:
        """The same month and year, another day that exists in every month, another minute."""
        text = found[0]
        if found["iso"]:
            text = text[:8] + self._day(text[8:10]) + text[10:]
        elif found["monthday"] or found["daymonth"]:
            text = re.sub(r"\b\d{1,2}\b", lambda day: self._day(day[0]), text)
        elif found["slashed"]:
            month, day, year = text.split("/")
            text = f"{month}/{self._day(day)}/{year}"
        return re.sub(rf"(?<!\d){_TIME}", self._time, text)

    def _day(self, day: str) -> str:
        number = int(day)
        moved = self._digest(f"day {number}")[0]
        return f"{1 + moved % 9 if number < 10 else 10 + moved % 19:0{len(day)}d}"

    def _time(self, found: re.Match[str]) -> str:
        hour, minute, *second = found[0].split(":")
        # A full hour stays one: midnight is how a date without a time is read.
        moved = 1 + self._digest(f"minute {int(minute)}")[0] % 59 if int(minute) else 0
        return ":".join([hour, f"{moved:02d}", *(["00"] if second else [])])

    def _numbers(self, text: str) -> str:
        return re.sub(r"\d(?:[\d,.\u202f']*\d)?", lambda found: self._number(found[0]), text)

    def _number(self, number: str) -> str:
        """So many digits in the same places; counts of one and two digits and years stay."""
        digits = re.sub(r"\D", "", number)
        if len(digits) <= 2 or re.fullmatch(r"(19|20)\d\d", number):
            return number
        other = iter(str(1 + self._digest(digits)[0] % 9) + "".join(str(b % 10) for b in self._stream(digits)))
        return re.sub(r"\d", lambda _: next(other), number)

    # -- words ----------------------------------------------------------------------------------------------------
    def _words_of(self, text: str, kind: Kind, *, every: bool = False) -> str:
        def replaced(found: re.Match[str]) -> str:
            if found["number"]:
                # Groups of digits may be one telephone number: short ones count together.
                whole = re.sub(r"\D", "", found[0])
                apart = re.findall(r"\d+|\D+", found[0])
                if len(whole) < 7 and not re.fullmatch(r"[\d,.\u202f']+", found[0]):
                    return "".join(self._number(part) if part[0].isdigit() else part for part in apart)
                return self._number(found[0])
            if found["link"]:
                return f"https://{self._word(found[0].casefold())}.example"
            return self._kept_or_replaced(found[0], kind, every)

        return _PIECE.sub(replaced, text)

    def _kept_or_replaced(self, word: str, kind: Kind, every: bool) -> str:
        folded = word.casefold()
        if not every and folded not in self._personal:
            if folded in self._kept:
                return word
            if kind is Kind.CONSOLE:
                self.own_words.add(word)
                return word
        return _like(self._word(folded), word)

    def _word(self, folded: str) -> str:
        """A made-up word for a word: never the same for two, never one that is kept or somebody's."""
        if folded not in self._words:
            made, attempt = "", 0
            while not made or made in self._taken or made in self._kept or made in self._personal:
                made = self._made_up(folded, attempt)
                attempt += 1
            self._taken.add(made)
            self._words[folded] = made
        return self._words[folded]

    def _made_up(self, folded: str, attempt: int) -> str:
        stream = self._stream(f"{attempt} {folded}")
        length = min(max(len(folded), 1), 9) + attempt // 40
        if len(folded) <= 2 and attempt >= 40:
            length = 3
        letters = (_CONSONANTS, _VOWELS)
        return "".join(
            letters[place % 2][byte % len(letters[place % 2])]
            for place, byte in zip(range(length), stream, strict=False)
        )

    def _digest(self, text: str) -> bytes:
        return hmac.new(self._salt, text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()

    def _stream(self, text: str) -> bytes:
        return self._digest(text) + self._digest(f"more {text}")


def _each(pattern: re.Pattern[str], text: str, hit: Callable[[re.Match[str]], str], rest: Callable[[str], str]) -> str:
    """The text with every match of a pattern treated in one way, and what lies between them in another."""
    parts: list[str] = []
    at = 0
    for found in pattern.finditer(text):
        parts += [rest(text[at : found.start()]), hit(found)]
        at = found.end()
    return "".join([*parts, rest(text[at:])])


def _like(made: str, word: str) -> str:
    """The made-up word in capitals or with an initial one, as the word is."""
    if word.isupper() and len(word) > 1:
        return made.upper()
    return made.capitalize() if word[:1].isupper() else made


def _phrase(text: str) -> str:
    """A text as phrases are compared: without case, ornaments around it and numbers."""
    text = re.sub(r"\s+", " ", text).strip().casefold()
    text = re.sub(r"\s*[\[(](required|optional|default|\d[\d.,\s]*)[)\]]\s*$|\s+(required|optional)$", "", text)
    text = re.sub(r"\d[\d.,]*", "#", text)
    bare = re.sub(r"^[^\w#]+|[^\w#)\]]+$", "", text)
    return bare or text
