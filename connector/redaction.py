"""Nothing secret leaves: what is written or shown is scrubbed, and what cannot be scrubbed is checked for canaries.

Playwright's traces and archives hold the typed password and every cookie, and its maintainers decline masking
(playwright #35144, #19992, #33069), so finding secrets in the spellings of HTTP, JSON, HTML and base64 is ours to do.
"""

from __future__ import annotations

import base64
import html
import html.entities
import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus

from pydantic import SecretStr

MASK = "[secret]"
SHORTEST_SECRET = 4
"""Shorter ones are left alone: they occur in ordinary words, and every text would be shredded."""

_LARGEST_ARCHIVE = 256 * 1024 * 1024
_DEEPEST_ARCHIVE = 4
_JSON_SHORT = {"\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t", '"': '"', "'": "'", "/": "/"}
_NOT_SHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0 with ESC, DEL, C1
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"  # marks, embeddings, overrides, isolates; line separators
    "\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # invisible, tags
    "\ud800-\udfff]"  # lone surrogates, which no terminal can be sent
)
"""U+200C and U+200D stay: names in Persian and Hindi need them."""


def neutralise(text: str) -> str:
    """Spell control characters, terminal escape sequences and bidirectional overrides out, as `\\x1b` or `\\u202e`.

    For foreign text (a page's words, a file's cells) inside one line of a log or terminal: line breaks and tabs are
    spelled out as well, so that no page can forge a second line. Scrub first, neutralise afterwards.
    """
    return _NOT_SHOWN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


class Redactor:
    """Finds the given secrets in texts and bytes. It never shows them, neither in its repr nor in messages.

    Every secret of at least 4 characters is found as it is, URL-encoded, JSON-escaped, HTML-escaped (each also in
    upper or lower case hexadecimals, and nested: JSON in JSON) and in base64 at each of its three alignments, so also
    within `user:password`. Hashes, encryption and compression other than zip are not looked through.
    """

    __slots__ = ("_beyond_ascii", "_in_bytes", "_in_text", "_known")

    neutralise = staticmethod(neutralise)

    def __init__(self, secrets: Iterable[SecretStr | str]) -> None:
        self._known: frozenset[str] = frozenset()
        self._in_text: tuple[re.Pattern[str], ...] = ()
        self._in_bytes: tuple[re.Pattern[bytes], ...] = ()
        self._beyond_ascii = False
        self.learn(secrets)

    def __repr__(self) -> str:
        return "Redactor()"

    def learn(self, secrets: Iterable[SecretStr | str]) -> None:
        """From now on finds these as well: what only a run brings about, such as cookies and one-time codes."""
        plain = {each.get_secret_value() if isinstance(each, SecretStr) else each for each in secrets}
        known = self._known | {secret for secret in plain if len(secret) >= SHORTEST_SECRET}
        if known == self._known:
            return
        sources = sorted({source for secret in known for source in _sources(secret)})
        self._in_text = tuple(re.compile(source) for source in sources)
        self._in_bytes = tuple(re.compile(source.encode("utf-8", "surrogatepass")) for source in sources)
        self._beyond_ascii = not all(secret.isascii() for secret in known)
        self._known = known

    def knowing(self, secrets: Iterable[SecretStr | str]) -> Redactor:
        """Another one, which finds these besides."""
        return Redactor([*self._known, *secrets])

    def scrub(self, text: str) -> str:
        """Replace every occurrence of every secret, in all its spellings, by `[secret]`; the result holds none.

        Occurrences that overlap are replaced as one. Where the mask itself brings a secret about (a password
        `secret`), that is deleted instead.
        """
        mask = MASK
        while spans := sorted(self._spans(text)):
            text = _cover(text, spans, mask)
            mask = ""  # deleting makes the text shorter each time, so this ends
        return text

    def holds_secret(self, data: bytes) -> bool:
        """Say whether a secret is in these bytes: as UTF-8 or UTF-16, in any spelling, also inside zip members.

        A zip archive that cannot be looked into (encrypted, damaged, cut off, nested deeper than 4, larger than
        256 MiB) counts as holding one: what cannot be shown to be clean is not kept.
        """
        return bool(self._in_bytes) and self._found(data, _DEEPEST_ARCHIVE)

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        for pattern in self._in_text:
            found = pattern.search(text)
            while found:
                yield found.span()
                found = pattern.search(text, found.start() + 1)

    def _found(self, data: bytes, depth: int) -> bool:
        if any(pattern.search(data) for pattern in self._in_bytes):
            return True
        if b"\0" in data or self._beyond_ascii:
            for order in ("utf-16-le", "utf-16-be"):
                for start in (0, 1):
                    text = data[start:].decode(order, "replace")
                    if any(pattern.search(text) for pattern in self._in_text):
                        return True
        return self._found_in_members(data, depth)

    def _found_in_members(self, data: bytes, depth: int) -> bool:
        if not zipfile.is_zipfile(io.BytesIO(data)):
            return data.startswith(b"PK\x03\x04")  # an archive whose end is missing
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = archive.infolist()
                if depth == 0 or sum(member.file_size for member in members) > _LARGEST_ARCHIVE:
                    return True
                return any(self._found(archive.read(member), depth - 1) for member in members)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, OSError, EOFError, ValueError):
            return True  # RuntimeError: encrypted, or (NotImplementedError) an unknown compression


def _sources(secret: str) -> Iterator[str]:
    """Regular expressions for the secret as it is, for the spellings of its characters, and for each base64 form."""
    yield re.escape(secret)
    yield _any_spelling(secret)
    as_sent = {
        secret,
        quote(secret, safe="", errors="surrogatepass"),
        quote(secret, safe="!~*'()", errors="surrogatepass"),  # JavaScript's encodeURIComponent
        quote_plus(secret, errors="surrogatepass"),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        html.escape(secret),
    }
    for text in as_sent:
        data = text.encode("utf-8", "surrogatepass")
        for ahead, foreign in ((0, 0), (1, 2), (2, 3)):  # bytes before the secret; letters that depend on them
            letters = base64.b64encode(bytes(ahead) + data).decode("ascii")
            own = letters[foreign : (ahead + len(data)) * 8 // 6]
            spelled = "".join(_BASE64_SPELLINGS.get(letter, letter) for letter in own)
            yield f"{spelled}[A-Za-z0-9+/_-]?={{0,2}}"


def _any_spelling(secret: str) -> str:
    """A regular expression for the secret where each character may be spelled in any way, also in mixed ones.

    Escapes may be escaped again (JSON in JSON in HTML), since traces are JSON that quotes what was sent. No part
    of it can match in two ways over a long stretch, so that no page can make the search slow.
    """
    return "".join(
        _spelling(char, len(backslashes)) for backslashes, char in re.findall(r"(\\*)([^\\]?)", secret, re.DOTALL)
    )


def _spelling(char: str, backslashes: int = 0) -> str:
    """One character (or the end) after so many backslashes of the secret's own, which JSON doubles three times."""
    own = f"{_BACKSLASH}{{{backslashes},{8 * backslashes + 7}}}+" if backslashes else ""
    if not char or (char.isascii() and char.isalnum()):  # never escaped by encoders: most of a pattern is literal
        return own + char
    units = char.encode("utf-16-be", "surrogatepass").hex()
    escaped = f"(?i:u{units[:4]}" + (f"{_BACKSLASH}{{1,7}}u{units[4:]})" if units[4:] else ")")
    percent = "".join(f"{_PERCENT}{byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))
    names = [name[:-1] for name, value in html.entities.html5.items() if value == char and name.endswith(";")]
    entity = "|".join([f"(?i:(?:#|{_PERCENT}23)(?:0*{ord(char)}|x0*{ord(char):x}))", *names])
    shown = f"(?i:{percent})|{_AMPERSAND}(?:{entity}){_SEMICOLON}|{re.escape(char)}"
    if char == " ":
        shown += r"|\+"
    if char in _JSON_SHORT:
        escaped += f"|{_JSON_SHORT[char]}"
    if own:
        return f"{own}(?:{escaped}|{shown})"
    quoted = f"{_BACKSLASH}{{0,7}}" if char in "\"'/" else ""  # before an escape of HTML or a URL, too
    return f"(?:{_BACKSLASH}{{1,7}}+(?:{escaped})|{quoted}(?:{shown}))"


_PERCENT = "%(?:25)*"
_SEMICOLON = f"(?i:;|{_PERCENT}3b)"
_BACKSLASH = rf"(?i:\\|{_PERCENT}5c|&(?:amp;)*(?:#0*92|#x0*5c|bsol);)"
_AMPERSAND = rf"(?i:(?:&|{_PERCENT}26|\\{{1,7}}u0026|&#0*38;|&#x0*26;)(?:amp{_SEMICOLON})*)"
_BASE64_SPELLINGS = {"+": f"(?:{_spelling('+')}|-)", "/": f"(?:{_spelling('/')}|_)"}
"""The two letters that the URL-safe alphabet replaces and that URLs and JSON escape."""


_SHORTEST_TOKEN = 16
_MOST_TOKENS = 200
_TOKEN = re.compile(r"(?=[^\s]*\d)(?=[^\s]*[A-Za-z])[A-Za-z0-9._~+/=:|-]+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-][\d:]+)?")


def tokens_of(value: object) -> list[str]:
    """The texts within JSON values, also within JSON in texts, that look like tokens; at most 200.

    For what a browser stores: most of that is nobody's secret (addresses, times, words) and is left alone.
    """
    found: dict[str, None] = {}
    _collect_tokens(value, found, depth=6)
    return list(found)


def _collect_tokens(value: object, found: dict[str, None], depth: int) -> None:
    if depth == 0 or len(found) >= _MOST_TOKENS:
        return
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            _collect_tokens(each, found, depth - 1)
    elif isinstance(value, str):
        if value[:1] in ("{", "[", '"'):
            try:
                inner = json.loads(value)
            except ValueError:
                return
            _collect_tokens(inner, found, depth - 1)
        elif _is_token(value):
            found.setdefault(value)


def _is_token(text: str) -> bool:
    if len(text) < _SHORTEST_TOKEN or not _TOKEN.fullmatch(text):
        return False
    return not _MOMENT.fullmatch(text) and "://" not in text


def _cover(text: str, spans: Iterable[tuple[int, int]], mask: str) -> str:
    """The text with every span (sorted) replaced by the mask; overlapping spans, and touching ones, get one mask."""
    parts: list[str] = []
    reached, covered = 0, -1
    for start, end in spans:
        if start > covered:
            parts += [text[reached:start], mask]
        reached = covered = max(covered, end)
    return "".join([*parts, text[reached:]])
