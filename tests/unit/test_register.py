"""Who is here, by a list that was read once: several who have one address are told from nobody."""

from __future__ import annotations

import pytest

from connector.actions.register import Register
from connector.errors import Refused
from connector.models import Guard, Person

ANN, TWIN, BOB = "ann@x.example", "Ann@x.example", "bob@x.example"


def test_one_is_found_whatever_the_case_of_her_address() -> None:
    found = Register([Person(email=TWIN), Person(email=BOB)]).find(ANN)
    assert found is not None
    assert found.email == TWIN


def test_nobody_is_found_of_several_who_have_one_address() -> None:
    register = Register([Person(email=ANN), Person(email=TWIN), Person(email=BOB)])
    with pytest.raises(Refused, match="2 people have this address") as refused:
        register.find(ANN)
    assert refused.value.guard is Guard.AMBIGUOUS_MATCH
    assert register.find(BOB) is not None
    assert register.find("cy@x.example") is None
