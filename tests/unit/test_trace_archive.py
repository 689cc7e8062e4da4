"""The sanitiser of traces, on archives put together here in the form in which Playwright writes them."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from connector.redaction import Redactor
from connector.trace_archive import REMOVED, sanitise

COOKIE = "c00kie-VALUE/0123456789"
SET_COOKIE = "n3w-c00kie-VALUE"
TOKEN = "form-t0ken_ABCDEFGH"
BEARER = "bearer-t0ken-0123456789"
STORED = "eyJhbGciOiJIUzI1NiJ9.stored-1"
BODY = b"csrf_token=form-t0ken_ABCDEFGH&first_name=Ann"
PASSWORD = "pass/word&more"

_HTML = f'<html><meta name="csrf-token" content="{TOKEN}"><body>Hello Ann<script>x="{COOKIE}"</script></body></html>'
_ANSWER = {"status": 200, "cookies": [], "headers": [], "content": {"_file": "resources/page.html"}}


def request(method: str = "GET", headers: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    listed = [{"name": name, "value": value} for name, value in (headers or {}).items()]
    sent = {"method": method, "url": "https://console.example/", "cookies": [], "headers": listed, "queryString": []}
    return {"type": "resource-snapshot", "snapshot": {"request": sent | more, "response": dict(_ANSWER)}}


def archive(events: list[dict[str, Any]], network: list[dict[str, Any]], **resources: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("trace.trace", "".join(json.dumps(event) + "\n" for event in events))
        file.writestr("trace.network", "".join(json.dumps(event) + "\n" for event in network))
        file.writestr("trace.stacks", '{"files": ["/home/somebody/script.py"]}')
        for name, content in {"page_html": _HTML.encode(), **resources}.items():
            file.writestr(f"resources/{name.replace('_', '.')}", content)
    return buffer.getvalue()


def members(data: bytes | None) -> dict[str, bytes]:
    assert data is not None
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


EVENTS: list[dict[str, Any]] = [
    {"type": "context-options", "version": 10, "options": {"storageState": {"cookies": [{"value": COOKIE}]}}},
    {"type": "before", "callId": "1", "method": "fill", "params": {"selector": "input", "value": "Ann"}},
    {"type": "before", "callId": "2", "method": "storageState", "params": {}},
    {"type": "after", "callId": "2", "result": {"cookies": [{"name": "s", "value": COOKIE}], "origins": []}},
    {"type": "before", "callId": "3", "method": "addInitScript", "params": {"source": f'({{"k": "{STORED}"}})'}},
    {"type": "log", "callId": "1", "message": f"sent {TOKEN} and {COOKIE}"},
    {
        "type": "frame-snapshot",
        "snapshot": {
            "html": [
                "HTML",
                {},
                ["BODY", {}, "Ann Lee", ["INPUT", {"type": "hidden", "name": "csrf_token", "value": TOKEN}], [[1, 2]]],
            ]
        },
    },
]
NETWORK = [
    request(headers={"Cookie": f"theme=dark; sid={COOKIE}", "Accept": "text/html"}),
    request("POST", {"X-CSRF-Token": TOKEN}, postData={"mimeType": "x", "params": [], "_file": "resources/sent.dat"}),
    request(headers={"Authorization": f"Bearer {BEARER}"}, queryString=[{"name": "token", "value": "qu3ry-t0ken"}]),
]


def test_nothing_is_left_that_anybody_could_sign_in_with() -> None:
    network = [*NETWORK, request()]
    network[-1]["snapshot"]["response"] = _ANSWER | {
        "headers": [{"name": "Set-Cookie", "value": f"sid={SET_COOKIE}; Path=/"}],
        "cookies": [{"name": "sid", "value": SET_COOKIE}],
    }
    raw = archive(EVENTS, network, sent_dat=BODY)
    secrets = [COOKIE, SET_COOKIE, TOKEN, BEARER, "qu3ry-t0ken"]
    everything = b"".join(members(raw).values())
    assert all(secret.encode() in everything for secret in secrets)  # it was there

    found = members(sanitise(raw, Redactor([PASSWORD, STORED])).archive)
    left = b"".join(found.values())
    for secret in (*secrets, STORED, "first_name=Ann"):
        assert secret.encode() not in left
    assert "resources/sent.dat" not in found
    assert "trace.stacks" not in found


def test_what_was_done_stays_in_the_form_that_the_viewer_reads() -> None:
    found = members(sanitise(archive(EVENTS, NETWORK), Redactor([PASSWORD])).archive)
    events = [json.loads(line) for line in found["trace.trace"].decode().splitlines()]
    assert [event["type"] for event in events] == [event["type"] for event in EVENTS]
    assert events[1] == EVENTS[1]
    assert events[3]["result"] == {}
    html = events[6]["snapshot"]["html"]
    assert html[2][2] == "Ann Lee"
    assert html[2][3][0] == "INPUT"
    assert html[2][3][1]["value"] == "[secret]"
    assert b"Hello Ann" in found["resources/page.html"]
    network = [json.loads(line) for line in found["trace.network"].decode().splitlines()]
    headers = {h["name"]: h["value"] for each in network for h in each["snapshot"]["request"]["headers"]}
    assert headers == {
        "Cookie": REMOVED,
        "Accept": "text/html",
        "X-CSRF-Token": REMOVED,
        "Authorization": REMOVED,
    }


@pytest.mark.parametrize(
    "html",
    [
        ["HTML", {}, ["BODY", {}, ["INPUT", {"type": "password", "name": "p"}]]],
        ["HTML", {}, ["BODY", {}, ["INPUT", {"autocomplete": "one-time-code"}]]],
    ],
)
def test_a_trace_that_shows_a_page_to_sign_in_on_is_dropped(html: list[Any]) -> None:
    events = [{"type": "frame-snapshot", "snapshot": {"html": html}}]
    found = sanitise(archive(events, []), Redactor([PASSWORD]))
    assert (found.archive, found.why) == (None, "it shows a page to sign in on")


def test_so_is_one_in_which_such_a_page_was_only_sent() -> None:
    page = b"<form><input name='p' type='password'></form>"
    found = sanitise(archive([], [], other_html=page), Redactor([PASSWORD]))
    assert (found.archive, found.why) == (None, "it shows a page to sign in on")


@pytest.mark.parametrize("spelling", ["pass/word&more", "pass%2Fword%26more", "cGFzcy93b3JkJm1vcmU="])
def test_a_secret_in_a_picture_makes_the_whole_archive_be_dropped(spelling: str) -> None:
    picture = b"\x89PNG\r\n\x1a\n\x00" + spelling.encode() + b"\x00"
    assert sanitise(archive(EVENTS, NETWORK), Redactor([PASSWORD])).archive is not None
    found = sanitise(archive(EVENTS, NETWORK, picture_png=picture), Redactor([PASSWORD]))
    assert (found.archive, found.why) == (None, "something secret is still in it")


def test_a_password_in_the_events_is_replaced() -> None:
    events = [{"type": "before", "callId": "9", "method": "fill", "params": {"value": PASSWORD, "selector": 'a "b"'}}]
    found = members(sanitise(archive(events, []), Redactor([PASSWORD])).archive)
    assert json.loads(found["trace.trace"])["params"] == {"value": "[secret]", "selector": 'a "b"'}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut off", b"no archive at all"])
def test_what_cannot_be_read_is_dropped(data: bytes) -> None:
    assert sanitise(data, Redactor([PASSWORD])).archive is None


def test_lines_that_are_no_events_are_not_passed_on() -> None:
    assert sanitise(archive([], [], x_trace=b"[1, 2]\n"), Redactor([])).archive is None
