"""Who of the people is in a group, where the list cuts their groups short: the group's own screen tells."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from connector.actions import groups
from connector.actions.matching import matching
from connector.errors import ConsoleDrift, NoWay, OperationFailed
from connector.models import GroupDetails, Person

ANN = Person(email="Ann@x.example", groups=("Sales", "Support"))
BO = Person(email="bo@x.example", groups=("Support",))
CY, DI = Person(email="cy@x.example"), Person(email="di@x.example")
SALES = GroupDetails(name="Sales", members=2, emails=("ann@x.example", "CY@x.example"))


@pytest.fixture
def asked(portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is told of these people's membership, and how often the group's own screen was read for it."""

    def ask(people: list[Person], answer: GroupDetails | Exception) -> tuple[Any, int]:
        looked = 0

        async def show(*_: Any) -> GroupDetails:
            nonlocal looked
            looked += 1
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(groups, "show", show)
        context: Any = SimpleNamespace(lane=SimpleNamespace(step=lambda _: None))
        told = portal.call(groups.members_where_untold, context, "Sales", people, lambda *_: None)
        return told, looked

    return ask


def test_the_group_is_read_only_where_the_list_does_not_tell(asked: Any) -> None:
    assert asked([ANN, BO], SALES) == (None, 0)
    assert asked([ANN, BO, CY], SALES) == (SALES.emails, 1)


def test_whom_the_list_does_not_tell_of_the_group_does(asked: Any) -> None:
    people = [ANN, BO, CY, DI]
    members, _ = asked(people, SALES)
    assert matching(people, group="Sales", members=members) == [ANN, CY]
    with pytest.raises(OperationFailed, match="of 2 of 4 people"):
        matching(people, group="Sales")


def test_what_the_list_tells_is_believed_before_the_group(asked: Any) -> None:
    assert matching([BO, CY], group="Sales", members=("bo@x.example",)) == []
    assert matching([BO, CY], group="Support", members=()) == [BO]


def test_without_a_screen_of_groups_it_stays_untold_and_drift_is_told(asked: Any) -> None:
    assert asked([CY], NoWay("nothing leads there")) == (None, 1)
    with pytest.raises(ConsoleDrift, match="gone"):
        asked([CY], ConsoleDrift("it is gone"))
