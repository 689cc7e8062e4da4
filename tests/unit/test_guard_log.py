"""What guards decide is noted where it is asked for."""

from __future__ import annotations

import asyncio

import pytest

from connector import guard_log, guards
from connector.errors import Refused
from connector.models import Guard, Person, Status
from tests.conftest import apart

ANN = Person(email="ann@northwind.example", status=Status.ACTIVE, scim_managed=True)


def ask(*overrides: Guard, account: str = "admin@northwind.example") -> None:
    guards.may_lose_access(ANN, account=account, protected=(), overrides=overrides)


def said(found: list[guard_log.GuardEntry]) -> list[tuple[str, str]]:
    return [(each.guard.value, each.said) for each in found]


def test_who_passed_and_who_refused_is_told_in_order() -> None:
    with guard_log.collected() as found, pytest.raises(Refused):
        ask()
    assert said(found)[0] == ("scim-managed", "refused")
    assert found[0].whom == ANN.email
    assert "SCIM manages" in found[0].message


def test_a_guard_that_is_lifted_says_what_it_had_to_say() -> None:
    with guard_log.collected() as found:
        ask(Guard.SCIM_MANAGED)
    assert said(found) == [
        ("scim-managed", "lifted"),
        ("own-account", "passed"),
        ("protected", "passed"),
        ("key-owner", "passed"),
    ]


def test_a_guard_that_somebody_approved_says_so() -> None:
    with pytest.raises(Refused) as refused:
        guards.scim_managed(ANN, ())
    approved = guards.Approved((), guards.objections_of(refused.value))
    with guard_log.collected() as found:
        guards.scim_managed(ANN, approved)
    assert said(found) == [("scim-managed", "approved")]


def test_after_a_refusal_nobody_is_said_to_have_passed_who_was_not_asked() -> None:
    with guard_log.collected() as found, pytest.raises(Refused):
        ask(account=ANN.email)
    assert said(found) == [("own-account", "refused")]


def test_the_same_is_noted_once() -> None:
    with guard_log.collected() as found:
        ask(Guard.SCIM_MANAGED)
        ask(Guard.SCIM_MANAGED)
    assert len(found) == 4


def test_operations_side_by_side_do_not_mix_theirs() -> None:
    async def one(*overrides: Guard) -> list[tuple[str, str]]:
        with guard_log.collected() as found:
            await asyncio.sleep(0)
            guards.known_group("a@b.example", "Sales", bool(not overrides), overrides)
            await asyncio.sleep(0)
            return said(found)

    async def both() -> list[list[tuple[str, str]]]:
        return list(await asyncio.gather(one(), one(Guard.UNKNOWN_GROUP)))

    assert apart(both()) == [[("unknown-group", "passed")], [("unknown-group", "lifted")]]


def test_where_nobody_asks_nothing_is_kept() -> None:
    guards.known_group("a@b.example", "Sales", True, ())
    guard_log.note(Guard.PROTECTED, "passed")
    with guard_log.collected() as found:
        assert found == []
