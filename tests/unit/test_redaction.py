"""Secrets are found in every spelling they leave in, and foreign text cannot steer a terminal."""

from __future__ import annotations

import base64
import html
import io
import json
import re
import zipfile
from collections.abc import Callable
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import SecretStr

from connector.redaction import Redactor, neutralise, tokens_of

SECRET = "Pä55\"wörd/ <&'\\+=%\n€😀"

ENCODERS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "quote": quote,
    "quote everything": lambda text: quote(text, safe=""),
    "encodeURIComponent": lambda text: quote(text, safe="!~*'()"),
    "quote in lower case": lambda text: re.sub("%..", lambda found: found[0].lower(), quote(text, safe="")),
    "form": quote_plus,
    "quoted twice": lambda text: quote(quote(text)),
    "json": lambda text: json.dumps(text)[1:-1],
    "json beyond ASCII": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "json with slashes escaped": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "json in json": lambda text: json.dumps(json.dumps(text)),
    "json in json in json": lambda text: json.dumps(json.dumps(json.dumps(text))),
    "json in upper case": lambda text: json.dumps(text)[1:-1].replace("\\u00e4", "\\u00E4").replace("\\ud8", "\\uD8"),
    "json as web frameworks write it": lambda text: (
        json.dumps(text)[1:-1].replace("<", "\\u003c").replace("&", "\\u0026").replace("+", "\\u002B")
    ),
    "html": html.escape,
    "html with names": lambda text: html.escape(text).replace("&#x27;", "&apos;").replace("ä", "&auml;"),
    "html with numbers": lambda text: "".join(c if c.isascii() and c.isalnum() else f"&#{ord(c)};" for c in text),
    "html with hexadecimals": lambda text: "".join(
        c if c.isascii() and c.isalnum() else f"&#X{ord(c):04X};" for c in text
    ),
    "html twice": lambda text: html.escape(html.escape(text)),
    "json in html": lambda text: html.escape(json.dumps(text)),
    "html in json": lambda text: json.dumps(html.escape(text)),
    "html in json as web frameworks write it": lambda text: json.dumps(html.escape(text)).replace("&", "\\u0026"),
    "json in a URL": lambda text: quote(json.dumps({"password": text})),
    "html in a form": lambda text: urlencode({"comment": html.escape(text)}),
    "json in html in a form": lambda text: urlencode({"comment": html.escape(json.dumps(text))}),
    "form in json": lambda text: json.dumps({"body": urlencode({"password": text})}),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "base64 in a URL": lambda text: quote(base64.b64encode(text.encode()).decode(), safe=""),
    "base64 of user and password": lambda text: base64.b64encode(f"user:{text}".encode()).decode(),
    "base64 of help and password": lambda text: base64.b64encode(f"hel:{text}".encode()).decode(),
    "base64 of users and password": lambda text: base64.b64encode(f"users:{text}:x".encode()).decode(),
    "base64 of a form": lambda text: base64.b64encode(urlencode({"a": text, "b": "c"}).encode()).decode(),
    "base64 of json": lambda text: base64.b64encode(json.dumps({"pw": text}).encode()).decode(),
}
encoders = pytest.mark.parametrize("encode", ENCODERS.values(), ids=ENCODERS.keys())
secrets = st.text(min_size=4, max_size=12) | st.text("abc[]secrt", min_size=4, max_size=9)


# scrub


@encoders
@pytest.mark.parametrize("secret", [SECRET, "hunter22", "4/_?", "correct horse battery", "~~~???>>>"])
def test_scrub_finds_a_secret_in_every_spelling(encode: Callable[[str], str], secret: str) -> None:
    spelled = encode(secret)
    scrubbed = Redactor([SecretStr(secret)]).scrub(f"before {spelled} after")
    assert scrubbed.startswith("before ")
    assert scrubbed.endswith(" after")
    assert "[secret]" in scrubbed
    assert secret not in scrubbed
    assert spelled not in scrubbed


@encoders
def test_scrub_leaves_a_text_without_secrets_as_it_is(encode: Callable[[str], str]) -> None:
    text = encode(f"{SECRET[:-1]} and hunter2 and passwords")
    assert Redactor([SECRET, "hunter22"]).scrub(text) == text


def test_scrub_replaces_the_secret_and_nothing_else() -> None:
    redactor = Redactor(["hunter22", 'with "quotes"'])
    assert redactor.scrub("pw=hunter22&x=1, hunter22!") == "pw=[secret]&x=1, [secret]!"
    assert redactor.scrub(json.dumps({"a": 'with "quotes"', "b": 1})) == '{"a": "[secret]", "b": 1}'
    assert redactor.scrub("<b>with &quot;quotes&quot;</b>") == "<b>[secret]</b>"
    assert redactor.scrub(base64.b64encode(b"hunter22").decode() + "\n") == "[secret]\n"
    assert redactor.scrub("") == ""
    assert Redactor(["\\%5cab"]).scrub("a \\%5cab b") == "a [secret] b"


def test_secrets_that_contain_or_overlap_one_another_leave_no_rest() -> None:
    redactor = Redactor(["xpass", "pass1234", "pass", "abab"])
    assert redactor.scrub("a xpass1234 b") == "a [secret] b"
    assert redactor.scrub("1ababab2") == "1[secret]2"
    assert Redactor(["cdef", "abcdefgh"]).scrub("abcdefgh") == "[secret]"


def test_a_secret_that_the_mask_would_bring_about_is_deleted() -> None:
    assert Redactor(["secret"]).scrub("my secret!") == "my []!"
    assert "x[sec" not in Redactor(["x[sec", "hunter22"]).scrub("xhunter22")


def test_words_shorter_than_four_characters_are_no_secrets() -> None:
    redactor = Redactor(["", "abc", SecretStr("no")])
    assert redactor.scrub("abc no") == "abc no"
    assert not redactor.holds_secret(b"abc no PK\x03\x04")
    assert not redactor.holds_secret(b"PK\x03\x04")


@given(secrets, st.lists(st.text() | st.just("\0")), st.sampled_from(list(ENCODERS.values())[:2]))
@example("secret", ["\0"], str)
@example("[sec", ["\0"], str)
@example("aaaa", ["a", "\0", "a", "\0"], str)
@example("\\\\\\\\", ["\\", "\0", "\0"], str)
def test_scrub_leaves_no_occurrence_wherever_the_secret_stands(
    secret: str, parts: list[str], encode: Callable[[str], str]
) -> None:
    redactor = Redactor([secret])
    text = "".join(encode(secret) if part == "\0" else part for part in parts)
    scrubbed = redactor.scrub(text)
    assert secret not in scrubbed
    assert not redactor.holds_secret(scrubbed.encode("utf-8", "surrogatepass"))
    assert redactor.scrub(scrubbed) == scrubbed


@given(
    st.text(st.characters(codec="utf-8"), min_size=4, max_size=12),
    st.sampled_from(sorted(ENCODERS)),
    st.text("xyz .,", max_size=5),
)
@example("\\n\\u", "json in json", "")
def test_any_secret_is_found_in_any_spelling(secret: str, name: str, around: str) -> None:
    if name == "html with names" and "\\" in secret:
        return
    text = around + ENCODERS[name](secret) + around
    redactor = Redactor([secret])
    assert redactor.scrub(text) != text
    assert redactor.holds_secret(text.encode())


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "secret", ['"quoted\\"', "\\" * 40 + "x", '\\"\\"\\"\\"\\"x', "/////x", "&&&&&x", "%%%%%%x", "\n\n\n\nx"]
)
@pytest.mark.parametrize("part", ["\\", '\\\\\\"', "%5c", "&bsol;", "&amp;", "amp;", "%25", "25", "\\/", "\\\\n"])
def test_no_page_makes_the_search_slow(secret: str, part: str) -> None:
    text = "&" + part * (30_000 // len(part))
    assert Redactor([secret]).scrub(text) == text


# holds_secret


def zipped(content: bytes, name: str = "trace.network", compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.writestr("other", "nothing")
        archive.writestr(name, content)
    return file.getvalue()


@encoders
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_canary_is_found_in_bytes_in_every_spelling(encode: Callable[[str], str], codec: str) -> None:
    redactor = Redactor([SECRET])
    assert redactor.holds_secret(f"before {encode(SECRET)} after".encode(codec))
    assert redactor.holds_secret(b"\xff" + encode(SECRET).encode(codec) + b"\xff\xfe")
    assert not redactor.holds_secret(f"before {encode(SECRET[:-1])} after".encode(codec))


def test_a_secret_without_a_letter_of_ascii_is_found_in_utf_16() -> None:
    assert Redactor(["пароль密码"]).holds_secret("пароль密码".encode("utf-16-be"))


def test_a_secret_with_half_a_surrogate_pair_is_found_in_bytes() -> None:
    assert Redactor(["ab\ud800cd"]).holds_secret("ab\ud800cd".encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_the_canary_is_found_inside_zip_members(compression: int) -> None:
    redactor = Redactor(["hunter22"])
    body = b"some text " * 20
    assert redactor.holds_secret(zipped(body + b"hunter22", compression=compression))
    assert redactor.holds_secret(zipped(zipped(body + b"hunter22")))
    assert redactor.holds_secret(b"in front" + zipped(body + "hunter22".encode("utf-16")))
    assert redactor.holds_secret(zipped(body, name="hunter22.txt"))
    assert not redactor.holds_secret(zipped(body, compression=compression))
    assert not redactor.holds_secret(zipped(zipped(body)))


def test_an_archive_that_cannot_be_looked_into_counts_as_holding_a_secret() -> None:
    redactor = Redactor(["hunter22"])
    whole = zipped(b"some text " * 200)
    assert not redactor.holds_secret(whole)
    assert redactor.holds_secret(whole[:-30])
    damaged = bytearray(whole)
    damaged[whole.index(b"trace.network") + 20] ^= 0xFF
    assert redactor.holds_secret(bytes(damaged))
    encrypted = bytearray(whole)
    encrypted[whole.rindex(b"PK\x01\x02") + 8] |= 1
    assert redactor.holds_secret(bytes(encrypted))
    deep = b"nothing"
    for _ in range(6):
        deep = zipped(deep)
    assert redactor.holds_secret(deep)


def test_an_archive_larger_than_the_limit_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connector.redaction._LARGEST_ARCHIVE", 1000)
    redactor = Redactor(["hunter22"])
    assert not redactor.holds_secret(zipped(b"a" * 900))
    assert redactor.holds_secret(zipped(b"a" * 1100))


def test_no_secrets_are_held_where_there_are_none() -> None:
    assert not Redactor([]).holds_secret(b"anything")
    assert Redactor([]).scrub("anything") == "anything"


def test_a_redactor_shows_nothing() -> None:
    redactor = Redactor(["hunter22", SecretStr("canary-4711")])
    assert (repr(redactor), str(redactor), f"{redactor}") == ("Redactor()",) * 3
    assert not hasattr(redactor, "__dict__")


# neutralise


def test_terminal_escapes_control_characters_and_overrides_are_spelled_out() -> None:
    assert neutralise("\x1b[31mred\x1b]0;title\x07") == "\\x1b[31mred\\x1b]0;title\\x07"
    assert neutralise("a\x9b2Jb\x7f\0") == "a\\x9b2Jb\\x7f\\x00"
    assert neutralise("ann\u202egpj.exe\u2066") == "ann\\u202egpj.exe\\u2066"
    assert neutralise("line\nforged\r\tline\u2028") == "line\\nforged\\r\\tline\\u2028"
    assert neutralise("an\u200bn\ufeff\U000e0041") == "an\\u200bn\\ufeff\\U000e0041"
    assert neutralise("\ud83d") == "\\ud83d"
    assert Redactor([]).neutralise("\x1b") == "\\x1b"


@pytest.mark.parametrize(
    "name", ["Jörg Müller", "Ана", "山田 太郎", "می‌خواهم", "👩‍💻", "C:\\new\\table", "مريم", "O’Neil – x"]
)
def test_ordinary_names_stay_as_they_are(name: str) -> None:
    assert neutralise(name) == name


@given(st.text())
def test_what_is_neutralised_is_printable_in_one_line_and_stays_so(text: str) -> None:
    shown = neutralise(text)
    assert len(shown.splitlines()) <= 1
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in shown)
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert neutralise(shown) == shown


def test_what_is_learnt_later_is_found_as_well() -> None:
    redactor = Redactor(["first-secret"])
    other = redactor.knowing(["third-secret"])
    redactor.learn(["second-secret", "abc"])
    assert redactor.scrub("first-secret second-secret third-secret abc") == "[secret] [secret] third-secret abc"
    assert other.scrub("first-secret second-secret third-secret") == "[secret] second-secret [secret]"
    assert redactor.holds_secret(b"x second-secret x")


def test_tokens_are_told_from_what_else_a_browser_stores() -> None:
    stored = [
        {"name": "auth", "value": '{"access": "eyJhbGciOi.JIUzI1NiJ9", "at": "2030-01-01T06:00:00.000Z"}'},
        {"name": "user", "value": "ann.longer.address1@northwind.example"},
        {"name": "link", "value": "https://console.example/admin/users/1"},
        {"name": "note", "value": "several words and 1 number"},
        {"name": "plain", "value": "0123456789abcdef0123"},
    ]
    assert tokens_of(stored) == ["eyJhbGciOi.JIUzI1NiJ9", "0123456789abcdef0123"]
    assert tokens_of("{not json") == tokens_of(None) == tokens_of(["short1"]) == []
