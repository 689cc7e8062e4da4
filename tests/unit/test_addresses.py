"""What is an address, what is the same address, and what only looks like it."""

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from connector.addresses import (
    address_key,
    look_alike,
    look_alike_key,
    look_alike_searches,
    parse_address,
    same_address,
    shown,
)
from connector.errors import InputError

LOOK_ALIKES = [
    ("paul@x.example", "pau1@x.example"),
    ("paul@x.example", "pauI@x.example"),
    ("paul@x.example", "pau|@x.example"),
    ("ann.smith@x.example", "ann.sm1th@x.example"),
    ("ian@x.example", "lan@x.example"),
    ("bob@x.example", "b0b@x.example"),
    ("BOB@x.example", "b0b@x.example"),
    ("amy@x.example", "arny@x.example"),
    ("wendy@x.example", "vvendy@x.example"),
    ("ann@x.example", "\u0430nn@x.example"),  # Cyrillic а
    ("helen@x.example", "\u041delen@x.example"),  # Cyrillic Н, a look-alike as a capital only
    ("nina@x.example", "\u039dina@x.example"),  # Greek capital Ν
    ("ann@x.example", "\uff41nn@x.example"),  # full width
    ("fiona@x.example", "\ufb01ona@x.example"),  # the ligature fi
    ("kim@x.example", "\u212aim@x.example"),  # Kelvin sign
    ("sam@x.example", "\u017fam@x.example"),  # long s
    ("weiss@x.example", "wei\u00df@x.example"),
    ("inan@x.example", "\u0131nan@x.example"),  # dotless i
    ("inan@x.example", "\u0130nan@x.example"),  # capital I with a dot
    ("ann@x.example", "a\u200bnn@x.example"),  # zero width space
    ("ann@x.example", "ann\u00ad@x.example"),  # soft hyphen
    ("jos\u00e9@x.example", "jose\u0301@x.example"),  # composed and decomposed
    ("\u00e5sa@x.example", "\u212bsa@x.example"),  # a with ring, Ångström sign
    ("ann@b\u00fccher.example", "ann@xn--bcher-kva.example"),
    ("ann@x.example", "ann@xn--u1a.example"),  # Cyrillic х in the domain
    ("o'neill@x.example", "o\u2019neill@x.example"),
    ("bo@x.example", "b\u05e1@x.example"),  # Hebrew samekh
    ("\u0103da@x.example", "\u01ceda@x.example"),  # a with breve, a with caron
    ("\u00d6rs@x.example", "\u0150rs@x.example"),  # O with dots, O with double acute
]

DIFFERENT = [
    ("ann@x.example", "joann@x.example"),
    ("ann@x.example", "ann@x.example.org"),
    ("ann.lee@x.example", "annlee@x.example"),
    ("jose@x.example", "jos\u00e9@x.example"),
    ("anna@x.example", "ann@x.example"),
    ("ann+test@x.example", "ann@x.example"),
    ("dan@x.example", "clan@x.example"),
]


@pytest.mark.parametrize(
    "address",
    [
        "ann@x.example",
        "Ann.Lee+news@Sub.X.Example",
        "o'neill@x.test",
        "jörg@bücher.example",
        "ann@xn--bcher-kva.example",
        "=1+1@x.example",
        "+ann@x.example",
        "-ann@x.example",
        "陳@x.example",
    ],
)
def test_a_well_formed_address_is_returned_as_it_was_written(address: str) -> None:
    assert parse_address(address) == address


def test_white_space_around_an_address_is_trimmed() -> None:
    assert parse_address("\t Ann@x.example\u00a0\r\n") == "Ann@x.example"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("ann", "@"),
        ("ann@", "after the @-sign"),
        ("@x.example", "before the @-sign"),
        ("ann@@x.example", "invalid characters"),
        ("ann@x", "period"),
        ("ann@x..example", "two periods"),
        ("ann lee@x.example", "SPACE"),
        ("Ann Lee <ann@x.example>", "display name"),
        ("<ann@x.example>", "display name"),
        ('"ann lee"@x.example', "Quoting"),
        ("ann@[192.0.2.1]", "IP address"),
        ("ann@x.example, bob@x.example", "invalid characters"),
        ("ann@x.example;bob@x.example", "invalid characters"),
        ("a\x00nn@x.example", "U+0000"),
        ("\x1fann@x.example", "U+001F"),
        ("a\u200bnn@x.example", "unsafe"),
        ("a\u202enn@x.example", "unsafe"),
        ("ann@-x.example", "hyphen"),
        ("ann@xn--a.example", "IDNA"),
        ("ann@localhost.localhost", "special-use"),
        ("a" * 65 + "@x.example", "too long"),
        ("a" * 1_000_000, "longer than 254"),
        ("ann\ud800@x.example", "unsafe"),
    ],
)
def test_a_malformed_address_is_refused_with_the_field_and_the_reason(text: str, reason: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_address(text, field="--manager")
    assert str(refusal.value).startswith("--manager: ")
    assert reason in str(refusal.value)
    assert len(str(refusal.value)) < 400
    assert refusal.value.exit_code == 2


def test_the_field_is_called_email_unless_told() -> None:
    with pytest.raises(InputError, match=r"^Email: 'ann' is not an e-mail address"):
        parse_address("ann")


def test_shown_text_cannot_move_the_cursor_or_turn_the_line_around() -> None:
    assert shown("a\x1b[2J\n\u202eb") == r"'a\x1b[2J\n\u202eb'"
    assert len(shown("a" * 500)) == 82


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ann@X.Example", "aNN@x.eXAMPLE"),
        ("JÖRG@x.example", "jörg@x.example"),
        ("ДМИТРИЙ@x.example", "дмитрий@x.example"),
        ("ΕΛΕΝΗ@x.example", "ελενη@x.example"),
    ],
)
def test_the_case_of_the_same_letters_does_not_matter(a: str, b: str) -> None:
    assert same_address(a, b)
    assert not look_alike(a, b)


@pytest.mark.parametrize(("a", "b"), LOOK_ALIKES)
def test_a_look_alike_is_flagged_and_never_the_same(a: str, b: str) -> None:
    assert not same_address(a, b)
    assert look_alike(a, b)
    assert look_alike(b, a)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_addresses_that_merely_resemble_are_neither_the_same_nor_look_alikes(a: str, b: str) -> None:
    assert not same_address(a, b)
    assert not look_alike(a, b)


def test_white_space_around_an_address_makes_it_another_one() -> None:
    assert not same_address("ann@x.example", "ann@x.example ")


def test_no_character_is_turned_into_another_character_than_its_own_small_letter() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        key = address_key(char)
        assert key == char or (key == char.lower() and key.upper() == char), hex(code)
        assert key.isascii() == char.isascii(), hex(code)


def test_every_letter_of_ascii_has_one_skeleton_in_both_cases() -> None:
    for code in range(128):
        assert look_alike_key(chr(code).upper()) == look_alike_key(chr(code).lower())


def test_a_full_width_letter_looks_like_its_ascii_letter_throughout() -> None:
    for code in range(0xFF21, 0xFF5B):
        assert look_alike_key(chr(code)) == look_alike_key(unicodedata.normalize("NFKC", chr(code)))


addresses = st.text(alphabet=st.sampled_from("aAkKſsSßẞıiIİlL1|0OoµμΜåÅÅ@.xnm-rvw\u0301\u0307\u200bаА"), max_size=12)


@given(addresses, addresses, addresses)
def test_being_the_same_address_is_an_equivalence(a: str, b: str, c: str) -> None:
    assert same_address(a, a)
    assert same_address(a, b) == same_address(b, a)
    if same_address(a, b) and same_address(b, c):
        assert same_address(a, c)


@given(addresses, addresses)
@example("ann@x.example", "ANN@x.example")
def test_looking_alike_is_symmetric_and_never_said_of_the_same_address(a: str, b: str) -> None:
    assert look_alike(a, b) == look_alike(b, a)
    assert not (look_alike(a, b) and same_address(a, b))


@given(st.text(), st.text())
@example("ﷺ" * 50, "o\u0308" * 50)
@example("a@xn--" + "9" * 60 + ".example", "a@xn--.xn---.example")
def test_any_text_has_a_key_a_skeleton_and_searches(a: str, b: str) -> None:
    assert isinstance(address_key(a), str)
    assert look_alike_key(look_alike_key(a).replace("xn--", "")) is not None
    assert look_alike(a, b) == look_alike(b, a)
    assert len(look_alike_searches(a)) <= 8


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_@|", max_size=20))
def test_one_ascii_address_in_two_cases_has_one_skeleton(address: str) -> None:
    assert look_alike_key(address.upper()) == look_alike_key(address.lower())


PLAIN_EXISTING = [pair for pair in LOOK_ALIKES if pair[0].isascii()]
ASCII_NEW = [(b, a) for a, b in LOOK_ALIKES if a.isascii() and b.isascii()]


@pytest.mark.parametrize(("existing", "new"), PLAIN_EXISTING + ASCII_NEW)
def test_a_substring_search_finds_the_existing_look_alike(existing: str, new: str) -> None:
    assert any(term in existing.lower() for term in look_alike_searches(new))


def test_the_searches_are_bounded_where_every_letter_is_ambiguous() -> None:
    assert len(look_alike_searches("lilil@x.example")) == 8


SWAPS = {"l": "1", "o": "0", "i": "l", "m": "rn", "w": "vv", "a": "\u0430", "e": "\u0435"}


@given(
    st.text(alphabet="abcdeghijklmnopqstuwxyz", min_size=3, max_size=12).filter(
        lambda name: any(letter in SWAPS for letter in name)
    ),
    st.integers(min_value=0),
)
def test_one_disguised_letter_is_found_from_either_side(name: str, pick: int) -> None:
    places = [place for place, letter in enumerate(name) if letter in SWAPS]
    place = places[pick % len(places)]
    disguised = f"{name[:place]}{SWAPS[name[place]]}{name[place + 1 :]}@x.example"
    genuine = f"{name}@x.example"
    assert look_alike(disguised, genuine)
    assert any(term in genuine for term in look_alike_searches(disguised))
    if len(name) >= 8:
        assert any(term in disguised for term in look_alike_searches(genuine))


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=10))
def test_the_searches_are_few_distinct_lower_case_and_not_the_address_itself(local: str, domain: str) -> None:
    address = f"{local}@{domain}.example"
    terms = look_alike_searches(address)
    assert terms == look_alike_searches(address)
    assert len(set(terms)) == len(terms) <= 8
    assert all(len(term) >= 3 and term == term.casefold() for term in terms)
    assert not any(same_address(term, address) for term in terms)
