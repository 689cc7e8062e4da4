"""What is somebody's is replaced, the same by the same, and keeps its kind; the console's own words stay."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from connector.scrubbing import Kind, Scrubber

PHRASES = ("Deactivate", "Last Login", "Load # more", "Page", "Role", "People", "Never")
PERSONAL = ("Ann", "Lee", "Ann Lee", "ann.lee@northwind.example", "Sales Team", "All Users", "Page", "Mark Page")

WORDS = st.text(st.characters(categories=["Lu", "Ll"]), min_size=3, max_size=12)


@pytest.fixture
def scrubber() -> Scrubber:
    return Scrubber(PHRASES, PERSONAL, salt=b"of this test")


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def test_a_person_is_the_same_made_up_person_everywhere(scrubber: Scrubber) -> None:
    first, last = scrubber.text("Ann Lee").split()
    assert {first, last}.isdisjoint({"Ann", "Lee"})
    assert scrubber.text("ann.lee@northwind.example") == (
        f"{first}.{last}@".lower() + scrubber.text("x@northwind.example").partition("@")[2]
    )
    assert scrubber.text("Actions for Ann Lee", Kind.CONSOLE) == f"Actions for {first} {last}"
    assert scrubber.text("ANN LEE") == f"{first} {last}".upper()


@pytest.mark.parametrize(
    "said", ["Deactivate", "deactivate ", "Last Login ▾", "Role *", "Role (required)", "People (3)"]
)
def test_documented_words_stay_whatever_else_they_are(scrubber: Scrubber, said: str) -> None:
    for kind in Kind:
        assert scrubber.text(said, kind) == said


def test_a_documented_word_that_is_also_a_name_is_a_name_where_it_is_beside_others(scrubber: Scrubber) -> None:
    assert scrubber.text("Page", Kind.CONSOLE) == "Page"
    assert "Page" not in scrubber.text("Mark Page", Kind.CONSOLE)


def test_unknown_words_stay_on_buttons_and_are_replaced_in_data(scrubber: Scrubber) -> None:
    assert scrubber.text("Welcome somebody", Kind.CONSOLE) == "Welcome somebody"
    assert scrubber.own_words == {"Welcome", "somebody"}
    assert set(words_of(scrubber.text("Welcome somebody"))).isdisjoint({"welcome", "somebody"})


def test_a_group_of_common_words_is_replaced_as_a_whole_and_the_words_alone_are_not(scrubber: Scrubber) -> None:
    assert set(words_of(scrubber.text("All Users"))).isdisjoint({"all", "users"})
    assert scrubber.text("showing all users") == "showing all users"


@pytest.mark.parametrize(
    ("said", "pattern"),
    [
        ("Mar 3, 2026, 10:20 AM", r"Mar [1-9], 2026, 10:[0-5]\d AM"),
        ("31 January 2025", r"[12]\d January 2025"),
        ("2026-03-31T22:20:31Z", r"2026-03-[12]\dT22:[0-5]\d:00Z"),
        ("12/31/2025", r"12/[12]\d/2025"),
    ],
)
def test_a_moment_stays_one_in_the_same_month(scrubber: Scrubber, said: str, pattern: str) -> None:
    assert re.fullmatch(pattern, scrubber.text(said))


def test_a_day_is_the_same_in_every_way_to_write_it(scrubber: Scrubber) -> None:
    written = scrubber.text("2026-03-24")
    day = date.fromisoformat(written).day
    assert scrubber.text("Mar 24, 2026") == f"Mar {day}, 2026"
    assert scrubber.text("24 March 2026") == f"{day} March 2026"


@pytest.mark.parametrize("said", ["+49 30 1234567", "4711", "1,234,567", "ID-00042"])
def test_so_many_digits_are_so_many_digits(scrubber: Scrubber, said: str) -> None:
    scrubbed = scrubber.text(said)
    assert scrubbed != said
    assert re.sub(r"\d", "0", scrubbed)[-4:] == re.sub(r"\d", "0", said)[-4:]
    assert len(re.findall(r"\d", scrubbed)) == len(re.findall(r"\d", said))


@pytest.mark.parametrize("said", ["Page 2 of 31", "+2 more", "25", "2026"])
def test_counts_and_years_stay(said: str) -> None:
    assert re.findall(r"\d+", Scrubber(PHRASES).text(said)) == re.findall(r"\d+", said)


@given(first=WORDS, second=WORDS)
def test_two_words_never_become_one_and_one_never_two(first: str, second: str) -> None:
    scrubber = Scrubber((), (first, second), salt=b"s")
    same = first.casefold() == second.casefold()
    assert (scrubber.text(first).casefold() == scrubber.text(second).casefold()) is same
    assert scrubber.text(first) == scrubber.text(first)


@given(names=st.lists(WORDS, min_size=1, max_size=5), around=st.text(max_size=20))
@example(names=["aİn"], around="n")
def test_no_known_name_is_left_in_any_text(names: list[str], around: str) -> None:
    scrubber = Scrubber(PHRASES, names, salt=b"s")
    # A letter by itself, as is left of a name where its small letters fall apart, is nobody's name.
    words = {word for name in names for word in words_of(name) if len(word) > 1}
    known = {word for word in words if not scrubber.is_common(word)}
    for kind in Kind:
        text = f"{around} {' '.join(names)}, {names[0]}@{names[-1]}.example {around}"
        left = set(words_of(scrubber.text(text, kind)))
        assert not known & left - {"example"}


@given(local=st.from_regex(r"[a-z]{2,8}([.+_-][a-z0-9]{1,8}){0,2}", fullmatch=True), host=WORDS)
def test_an_address_stays_an_address_in_a_reserved_domain(local: str, host: str) -> None:
    address = f"{local}@{host}.com"
    scrubbed = Scrubber((), (address,), salt=b"s").text(address)
    assert re.fullmatch(r"[^@\s]+@[^@\s]+\.example", scrubbed)
    assert re.sub(r"[^.+_-]", "", scrubbed.partition("@")[0]) == re.sub(r"[^.+_-]", "", local)
    assert scrubbed.partition("@")[0] != local


@given(st.text(max_size=60))
def test_any_text_can_be_scrubbed_twice_with_the_same_result(text: str) -> None:
    first, again = Scrubber(PHRASES, PERSONAL, salt=b"s"), Scrubber(PHRASES, PERSONAL, salt=b"s")
    assert first.text(text) == again.text(text)


def test_nobody_can_know_the_replacement_without_the_salt() -> None:
    assert Scrubber((), ("Ann",)).text("Ann Lee") != Scrubber((), ("Ann",)).text("Ann Lee")
