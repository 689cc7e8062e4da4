"""Who is an admin, where a list tells admins from the others and says something else of some: 'Deactivated'."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from connector.actions.matching import matching
from connector.errors import LeftOut, OperationFailed
from connector.models import Person, Role, Status

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ADA = Person(email="ada@x.example", status=Status.ACTIVE, role=Role.ADMIN, groups=("Sales",), last_login=LONG_AGO)
UNA = Person(email="una@x.example", status=Status.ACTIVE, role=Role.ADMIN, groups=())
BO = Person(email="bo@x.example", status=Status.ACTIVE, is_admin=False, groups=("Sales",))
GONE = Person(email="gone@x.example", status=Status.DEACTIVATED, groups=("Sales",), last_login=LONG_AGO)


def test_those_of_whom_it_is_not_told_are_named_and_the_admins_are_listed() -> None:
    with pytest.raises(LeftOut, match="whether they are admins: 1 of 4 people") as left_out:
        matching([ADA, UNA, BO, GONE], role=Role.ADMIN)
    assert left_out.value.found == [ADA, UNA]
    assert left_out.value.seen == "no role of gone@x.example"


def test_only_whom_the_other_filters_leave_can_be_left_out() -> None:
    assert matching([ADA, UNA, BO, GONE], role=Role.ADMIN, status=Status.ACTIVE) == [ADA, UNA]
    with pytest.raises(LeftOut) as left_out:
        matching([ADA, UNA, BO, GONE], role=Role.ADMIN, group="Sales")
    assert left_out.value.found == [ADA]


def test_both_kinds_of_what_is_not_told_are_said_together() -> None:
    with pytest.raises(LeftOut) as left_out:
        matching([ADA, UNA, BO, GONE], role=Role.ADMIN, not_seen_for=90)
    assert left_out.value.found == [ADA]
    assert "1 of 4 people; left out, as the list does not tell when they last signed in: 1 of 2" in str(left_out.value)
    assert left_out.value.seen == "no role of gone@x.example; no last login of una@x.example"


@pytest.mark.parametrize("role", [Role.LEARNER, Role.MANAGER])
def test_other_roles_are_not_told_at_all(role: Role) -> None:
    with pytest.raises(OperationFailed, match="does not show who is") as refused:
        matching([ADA, BO], role=role)
    assert not isinstance(refused.value, LeftOut)
