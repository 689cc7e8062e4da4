"""Who was not seen for long, where the console does not tell of everybody when she was here last."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from connector.actions.matching import matching
from connector.errors import LeftOut, OperationFailed
from connector.models import Person, Role, Status
from page_objects.reading import moment_of, span_of

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def person(name: str, **known: Any) -> Person:
    return Person(email=f"{name}@x.example", status=Status.ACTIVE, role=Role.LEARNER, **known)


PEOPLE = [
    person("ann", last_login=LONG_AGO),
    person("bo"),
    person("cy", never_signed_in=True),
    person("di", last_login=datetime.now(UTC)),
    person("ed"),
]


def test_who_is_left_out_is_named_and_the_others_are_told() -> None:
    with pytest.raises(LeftOut) as raised:
        matching(PEOPLE, not_seen_for=90)
    assert [each.email for each in raised.value.found] == ["ann@x.example", "cy@x.example"]
    assert "2 of 5 people" in str(raised.value)
    assert "bo@x.example, ed@x.example" in str(raised.value)
    assert raised.value.exit_code == 1


def test_only_who_is_asked_about_can_be_left_out() -> None:
    admin = person("fay", last_login=LONG_AGO).model_copy(update={"role": Role.ADMIN})
    assert matching([*PEOPLE, admin], role=Role.ADMIN, not_seen_for=90) == [admin]


@pytest.mark.parametrize("people", [PEOPLE[1:2], [PEOPLE[1], PEOPLE[4]]])
def test_a_list_that_tells_of_nobody_is_no_answer(people: list[Person]) -> None:
    with pytest.raises(OperationFailed, match="does not show when people last signed in") as raised:
        matching(people, not_seen_for=90)
    assert not isinstance(raised.value, LeftOut)


@pytest.mark.parametrize(
    ("said", "never"), [("Never", True), ("—", True), ("-", True), ("--", True), ("", None), ("a while ago", None)]
)
def test_a_dash_means_never_and_a_blank_nothing(said: str, never: bool | None) -> None:
    assert moment_of({"text": said, "parts": [said] if said else []}) == (None, never)


NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("10 months ago", 285, 341),
        ("about 1 year ago", 182, 732),
        ("a month ago", 15, 62),
        ("3 days ago", 2, 4),
        ("3d ago", 2, 4),
        ("2 weeks ago", 7, 21),
        ("5 hours ago", 0, 1),
        ("an hour ago", 0, 1),
        ("2 mo ago", 45, 93),
    ],
)
def test_how_long_ago_in_words_tells_between_which_days_it_was(said: str, least: int, most: int) -> None:
    span = span_of({"text": said, "parts": [said]}, NOW)
    assert span is not None
    assert (NOW - span[1]).days == least
    assert (NOW - span[0]).days in (most, most - 1)


@pytest.mark.parametrize("said", ["more than 90 days ago", "over 1 year ago", "30+ days ago"])
def test_beyond_a_number_there_is_no_earliest_moment(said: str) -> None:
    span = span_of({"text": said, "parts": [said]}, NOW)
    assert span is not None
    assert span[0].year == 1


@pytest.mark.parametrize("said", ["a while ago", "Invited 3 days ago", "3 m ago", "ago", "Never", ""])
def test_other_words_tell_no_days(said: str) -> None:
    assert span_of({"text": said, "parts": [said] if said else []}, NOW) is None


def test_who_was_surely_seen_or_not_is_told_and_who_may_have_been_is_left_out() -> None:
    def ago(said: str) -> Any:
        return {"last_login_between": span_of({"text": said, "parts": [said]}, datetime.now(UTC))}

    people = [
        person("ann", **ago("10 months ago")),
        person("bo", **ago("3 days ago")),
        person("cy", **ago("3 months ago")),
        person("di", **ago("more than 100 days ago")),
    ]
    with pytest.raises(LeftOut) as raised:
        matching(people, not_seen_for=90)
    assert [each.email for each in raised.value.found] == ["ann@x.example", "di@x.example"]
    assert "no last login of cy@x.example" in str(raised.value)
    assert matching(people[:2], not_seen_for=90) == people[:1]
