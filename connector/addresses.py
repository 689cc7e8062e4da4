"""The identity of an e-mail address: what is well formed, what is the same address, and what only looks the same.

Three questions that must not be mixed up. `same_address` is the only one that may select a person: every character
counts, and nothing but the case of one and the same letter is ignored. `look_alike` only raises a flag.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

from connector.errors import InputError

WHITE_SPACE = " \t\r\n\u00a0\u2007\u202f\u3000"
"""What is trimmed around a value. `str.strip` alone would also take control characters such as U+001F away unseen."""

LONGEST_ADDRESS = 254
"""RFC 5321 4.5.3.1.3 with erratum 1690, in characters."""

_INVISIBLE = re.compile(
    "[\u0000-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
"""White space, control characters and Unicode's Default_Ignorable_Code_Point: nobody sees them in an address."""

_ROUNDS = 10
"""No single character needs more than three; the bound is there because the text may come from anybody."""

_SEARCHES = 8
_SHORTEST_SEARCH = 3
_SHORTEST_HALF = 4
"""What is shorter is in so many addresses that a page of rows does not hold them."""
_SHORT_LOCAL_PART = 6
"""A local part with fewer characters has no two halves of at least three."""


def shown(text: str, limit: int = 80) -> str:
    """Quote a text for a message: on one line, control and direction-changing characters escaped, cut after `limit`."""
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")


def why_malformed(text: str) -> str | None:
    """Say in plain words why a text is not an e-mail address; None where it is one.

    `text` is judged as it is, white space around it included. No network is used.
    """
    from email_validator import validate_email  # takes 25 ms to import: only where an address is read

    if not text:
        return "it is empty"
    if len(text) > LONGEST_ADDRESS:
        return f"it is longer than {LONGEST_ADDRESS} characters"
    try:
        # test_environment: the reserved .test domains are accepted too; .example always is.
        validate_email(text, check_deliverability=False, test_environment=True, strict=True)
    except ValueError as error:  # EmailNotValidError, or a UnicodeError of the IDNA tables below it
        return str(error).rstrip(".").splitlines()[0]
    return None


def parse_address(text: str, *, field: str = "Email") -> str:
    """Check the syntax of one e-mail address (RFC 5321 and 6531, no DNS) and return it as it was written.

    `text` may have white space around it, which is trimmed; nothing else is changed, the case included. `field` names
    the option, column or setting in the message. Display names (`Ann <ann@x.example>`), quoted local parts, IP
    addresses in brackets, control and invisible characters are refused. A leading `=`, `+` or `-` is legal syntax.

    Raises InputError, naming the field and the reason.
    """
    address = text.strip(WHITE_SPACE)
    if reason := why_malformed(address):
        raise InputError(f"{field}: {shown(address)} is not an e-mail address: {reason}")
    return address


def address_key(address: str) -> str:
    """Return the key under which an address is filed: two addresses are the same exactly where their keys are equal.

    Only the case of the same letters is ignored, in the local part too. `str.casefold` and `str.lower` would do too
    much: they make the Kelvin sign a `k`, `ß` an `ss`, `ſ` an `s`, and any of these would select another person.
    Unicode and xn-- spellings of a domain, or composed and decomposed accents, have different keys as well (and are
    look-alikes).
    """
    return address.lower() if address.isascii() else "".join(map(_lower, address))


def same_address(a: str, b: str) -> bool:
    """Whether two addresses are equal in full, but for the case of the same letters."""
    return address_key(a) == address_key(b)


def look_alike_key(address: str) -> str:
    """Return the skeleton of an address: addresses that a person could take for one another have the same.

    The skeleton follows Unicode TR39 (confusable letters, invisible characters dropped) over NFKC and folded case, with
    xn-- domains decoded, and beyond TR39 takes `i`, `l`, `1`, `I` and `|` for one letter, as well as `w` and `vv`
    (`0`/`O` and `m`/`rn` are in TR39). It takes any text and raises nothing. It is a key for an index of people, never
    an identity: file people under it, and ask `same_address` of those that share one.
    """
    text, table = _readable(address), _skeleton_table()
    for _ in range(_ROUNDS):
        # The letters are compared as they are written first, and in lower case from the second round on: a Cyrillic
        # capital Н looks like H, its small letter does not. The table has composed and decomposed characters.
        folded = unicodedata.normalize("NFKD", text.translate(table)).translate(table).casefold()
        # Dots over i and j say nothing once i and l are one letter.
        folded = _INVISIBLE.sub("", folded).replace("l\u0307", "l").replace("j\u0307", "j")
        folded = unicodedata.normalize("NFKC", folded)
        if folded == text:
            break
        text = folded
    return text


def look_alike(a: str, b: str) -> bool:
    """Whether two addresses are not the same and yet could be taken for one another."""
    return not same_address(a, b) and look_alike_key(a) == look_alike_key(b)


def look_alike_searches(address: str) -> tuple[str, ...]:
    """Return a few search terms by which a substring search finds existing look-alikes of a new address.

    At most eight, in lower case, each at least three characters long, always the same for the same address, never the
    address itself. They are: the address in plain letters; the address with `1`, `0`, `rn`, `vv` read as letters; the
    longest piece of its local part that has no ambiguous letter; two halves of its local part (which also find the same
    local part at another domain), cut beside that piece, so that who has found everybody with the piece need not search
    for the half around it; for a short local part its spellings with one letter changed. What a search returns must be
    compared with `look_alike`: substrings find many others too.
    """
    plain = _plain(address)
    local, _, domain = plain.rpartition("@")
    lettered = local.replace("1", "l").replace("0", "o").replace("rn", "m").replace("vv", "w")
    sure = max(re.split("[il1|o0mwv]|rn", local), key=len)
    if len(local) >= _SHORT_LOCAL_PART:
        cut = _cut_beside(local, sure)
        pieces = [local[:cut], local[cut:]]
    else:
        pieces = [f"{local}@", *(f"{changed}@" for changed in _one_letter_changed(local))]
    terms = dict.fromkeys([plain, f"{lettered}@{domain}", *([sure] if sure != local else []), *pieces])
    own = address_key(address)
    return tuple(term for term in terms if len(term) >= _SHORTEST_SEARCH and address_key(term) != own)[:_SEARCHES]


@lru_cache(maxsize=4096)
def _lower(char: str) -> str:
    """The small letter of a capital one where the pair is one to one: no other character may end up there."""
    lower = char.lower()
    return lower if len(lower) == 1 and lower.upper() == char else char


def _readable(address: str) -> str:
    """NFKC, invisible characters dropped, and the xn-- labels of the domain decoded: what a mail program would show."""
    local, at, domain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", address)).rpartition("@")
    return local + at + ".".join(map(_decoded, domain.split(".")))


def _decoded(label: str) -> str:
    """One label of a domain. The lenient codec is meant: a label that IDNA forbids can look like another, too."""
    if label[:4].lower() != "xn--":
        return label
    try:
        return unicodedata.normalize("NFKC", label[4:].encode("ascii").decode("punycode"))
    except UnicodeError:
        return label


def _plain(address: str) -> str:
    """The address in small ASCII letters as far as its characters look like one; `m` stays `m`."""
    letters = (char if char.isascii() else _skeleton_of(char) for char in _readable(address))
    return "".join(letters).casefold().replace("i\u0307", "i")


def _skeleton_of(char: str) -> str:
    found = _confusables().get(char, char)
    return found if found.isascii() else char


def _cut_beside(local: str, sure: str) -> int:
    """Where a local part is cut: as near to its middle as leaves the piece whole, where halves worth a search do."""
    middle, begin = len(local) // 2, local.index(sure)
    ends = range(_SHORTEST_HALF, len(local) - _SHORTEST_HALF + 1)
    beside = [cut for cut in ends if cut <= begin or cut >= begin + len(sure)]
    return min(beside, key=lambda cut: abs(cut - middle), default=middle)


def _one_letter_changed(local: str) -> list[str]:
    """The spellings of a local part that differ in one ambiguous letter, in order of its position."""
    others = {"i": ("l", "1"), "l": ("i", "1"), "1": ("l", "i"), "o": ("0",), "0": ("o",), "m": ("rn",), "w": ("vv",)}
    return [
        local[:index] + other + local[index + 1 :] for index, char in enumerate(local) for other in others.get(char, ())
    ]


@lru_cache(maxsize=1)
def _skeleton_table() -> dict[int, str]:
    """TR39's prototypes and our own additions, for `str.translate`."""
    table = {ord(char): prototype for char, prototype in _confusables().items()}
    return table | {ord("i"): "l", ord("w"): "vv"}


@lru_cache(maxsize=1)
def _confusables() -> dict[str, str]:
    """Each confusable character with its prototype, after Unicode's confusables.txt.

    confusable-homoglyphs ships that table as a symmetric matrix, without saying which side is the prototype. Every
    source has exactly one prototype and no prototype is a source, so the matrix consists of stars: who has several
    neighbours is the prototype, and of a lone pair the source was written first. The data file is read directly:
    importing the package would also load its categories, and offers no function for skeletons.
    """
    text = files("confusable_homoglyphs").joinpath("confusables.json").read_text(encoding="utf-8")
    # Right-to-left characters are wrapped in U+200E there, a left-over of the comment they were taken from.
    near = {
        char.strip("\u200e"): [other["c"].strip("\u200e") for other in others]
        for char, others in json.loads(text).items()
    }
    prototypes: dict[str, str] = {}
    for char, others in near.items():
        if len(char) == 1 and len(others) == 1 and others[0] not in prototypes:
            prototypes[char] = others[0]
    return prototypes
