"""Rewrites a Playwright trace so that it shows what was done and holds nothing by which anybody could sign in.

Measured with Playwright 1.65: `trace.network` holds the cookies of every request, also where tracing starts after
signing in, and `trace.trace` the results of calls that read a session. Its maintainers decline masking (playwright
#35144, #19992, #33069). So headers, cookies, bodies of requests and stored state are taken out by their place in the
format; the values found there, and form tokens of pages, are then replaced wherever else they stand; and an archive in
which one is still found, or that shows a page to sign in on, is not kept.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from connector.redaction import Redactor, tokens_of

REMOVED = "[removed]"

_SHORTEST_VALUE = 8
"""Characters of a cookie or form token; shorter ones are ordinary words ("en", "dark")."""
_SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"})
_SECRET_NAME = re.compile(r"csrf|xsrf|token|nonce|secret|session|password|passwd|authenticity|api[-_]?key", re.I)
_STATE_KEYS = frozenset({"storageState", "origins", "localStorage", "sessionStorage", "indexedDB"})
_STATE_METHODS = frozenset({"storageState", "setStorageState", "addCookies", "cookies", "addInitScript"})
_TAG = re.compile(r"<(?:input|meta)\b[^>]*>", re.I)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TEXTS = (".html", ".json", ".xml", ".txt", ".svg", ".js", ".css", ".csv")


@dataclass(frozen=True)
class Sanitised:
    """A rewritten archive, or None and why there is none; the reason ends a sentence."""

    archive: bytes | None
    why: str = ""


class _SignInSeen(Exception):
    """The trace shows a page with a field for a password."""


def sanitise(data: bytes, redactor: Redactor) -> Sanitised:
    """Rewrites the zip archive that Playwright made of a trace.

    Args:
        data: the archive.
        redactor: knows the secrets of the settings and of the session; what the archive itself shows is added.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist() if _is_wanted(name)}
        lines = {name: _lines(content) for name, content in members.items() if _is_lines(name)}
        found = _Found()
        for name, events in lines.items():
            lines[name] = [found.without_secrets(event) for event in events]
        for name, content in members.items():
            if name.endswith(".html"):
                found.in_page(content.decode("utf-8", "replace"))
    except _SignInSeen:
        return Sanitised(None, "it shows a page to sign in on")
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, RecursionError) as error:
        return Sanitised(None, f"it cannot be read ({type(error).__name__})")
    knowing = redactor.knowing(found.secrets)
    written: dict[str, bytes] = {}
    for name, content in members.items():
        if name in lines:
            texts = (json.dumps(event, ensure_ascii=False, separators=(",", ":")) for event in lines[name])
            content = "".join(f"{_scrubbed(text, knowing)}\n" for text in texts).encode("utf-8", "replace")
        elif name.endswith(_TEXTS) and knowing.holds_secret(content):
            content = knowing.scrub(content.decode("utf-8", "replace")).encode("utf-8", "replace")
        if name not in found.bodies:
            written[name] = content
    rewritten = _zipped(written)
    if knowing.holds_secret(rewritten):
        return Sanitised(None, "something secret is still in it")
    try:
        for name in lines:
            _lines(written[name])
    except ValueError:
        return Sanitised(None, "it cannot be read any more without what is secret in it")
    return Sanitised(rewritten)


class _Found:
    """What is found while the events of a trace are gone through."""

    def __init__(self) -> None:
        self.secrets: set[str] = set()
        self.bodies: set[str] = set()
        """Members that hold what a request sent."""
        self._state_calls: set[str] = set()

    def without_secrets(self, event: dict[str, Any]) -> dict[str, Any]:
        """One event of the trace without what is secret by its place."""
        if event.get("type") == "resource-snapshot":
            self._request(event["snapshot"]["request"])
            self._headers(event["snapshot"]["response"])
        elif event.get("type") == "frame-snapshot":
            self._element(event["snapshot"].get("html"))
        elif event.get("method") in _STATE_METHODS:
            self._state_calls.add(event.get("callId", ""))
            self._take(event, "params")
        elif event.get("type") == "after" and event.get("callId") in self._state_calls:
            self._take(event, "result")
        cleared: dict[str, Any] = self._cleared(event)
        return cleared

    def in_page(self, text: str) -> None:
        """Form tokens of a page that was sent. Raises _SignInSeen."""
        for tag in _TAG.findall(text):
            given = {name.lower(): first or second for name, first, second in _ATTRIBUTE.findall(tag)}
            self._token(given)

    def _request(self, request: dict[str, Any]) -> None:
        self._headers(request)
        for pair in request.get("queryString", []):
            if _SECRET_NAME.search(pair["name"]):
                self._value(pair["value"])
        if (sent := request.get("postData")) is not None:
            # The bodies of requests hold form tokens under names of any kind; the actions say what was filled in.
            for key in ("_file", "_sha1"):
                if isinstance(name := sent.get(key), str):
                    self.bodies.add(name if name.startswith("resources/") else f"resources/{name}")
            request["postData"] = {"mimeType": sent.get("mimeType", ""), "text": REMOVED, "params": []}

    def _headers(self, message: dict[str, Any]) -> None:
        for cookie in message.get("cookies", []):
            self._value(cookie.get("value", ""))
        message["cookies"] = []
        for header in message.get("headers", []):
            name, value = header["name"].lower(), header["value"]
            if name not in _SECRET_HEADERS and not _SECRET_NAME.search(name):
                continue
            if name == "cookie":
                for pair in value.split(";"):
                    self._value(pair.partition("=")[2].strip())
            elif name == "set-cookie":
                for line in value.split("\n"):
                    self._value(line.partition(";")[0].partition("=")[2].strip())
            else:
                self._value(value.rpartition(" ")[2])
            header["value"] = REMOVED

    def _take(self, event: dict[str, Any], key: str) -> None:
        self.secrets.update(tokens_of(event.get(key)))
        for cookie in (event.get(key) or {}).get("cookies") or []:
            self._value(cookie.get("value", ""))
        event[key] = {}

    def _cleared(self, value: Any) -> Any:
        """The same without stored state, wherever in a call it stands."""
        if isinstance(value, dict):
            for key in _STATE_KEYS & value.keys():
                self.secrets.update(tokens_of(value[key]))
            return {key: [] if key in _STATE_KEYS else self._cleared(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self._cleared(each) for each in value]
        return value

    def _element(self, node: Any) -> None:
        """Form tokens in a snapshot, where an element is [name, attributes, child, ...]. Raises _SignInSeen."""
        for element in _elements(node):
            if element[0] in ("INPUT", "META"):
                self._token({str(name).lower(): str(value) for name, value in element[1].items()})

    def _token(self, given: dict[str, str]) -> None:
        kind = given.get("type", "").lower()
        if kind == "password" or given.get("autocomplete", "").lower() == "one-time-code":
            raise _SignInSeen
        name = " ".join(given.get(each, "") for each in ("name", "id", "property"))
        if _SECRET_NAME.search(name):
            self._value(given.get("content") or given.get("value") or given.get("__playwright_value_") or "")

    def _value(self, value: str) -> None:
        if len(value) >= _SHORTEST_VALUE:
            self.secrets.add(value)


def _elements(node: Any) -> Iterator[list[Any]]:
    """Every element of a snapshot; a pair of numbers refers to a part of an earlier one, which was gone through."""
    level = [node]
    while level:
        node = level.pop()
        if isinstance(node, list) and node and isinstance(node[0], str):
            if len(node) > 1 and isinstance(node[1], dict):
                yield node
            level.extend(node[2:])


def _scrubbed(text: str, redactor: Redactor) -> str:
    return redactor.scrub(text) if redactor.holds_secret(text.encode("utf-8", "replace")) else text


def _is_lines(name: str) -> bool:
    return name.endswith((".trace", ".network"))


def _is_wanted(name: str) -> bool:
    """Everything but the stacks: they name files of the machine on which this ran."""
    return not name.endswith(".stacks")


def _lines(content: bytes) -> list[dict[str, Any]]:
    events = [json.loads(line) for line in content.decode("utf-8").splitlines() if line.strip()]
    if not all(isinstance(event, dict) for event in events):
        raise ValueError("not an event")
    return events


def _zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()
