"""Who is here already, and how she stands: what is said to an invitation of somebody who has an account."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from connector.actions import directory
from connector.actions import invite as inviting
from connector.errors import OperationFailed
from connector.models import Invite, Person, Role, Status

EMAIL = "rea@x.example"
ASKED = Invite(email=EMAIL, first_name="Rea", last_name="Turner", role=Role.LEARNER)
LISTED = Person(email=EMAIL, first_name="Rea", last_name="Turner", role=Role.LEARNER, is_admin=False)


def here_already(monkeypatch: pytest.MonkeyPatch, portal: BlockingPortal, own: Status | None) -> Any:
    """What is said where the list tells no status, and her own page this one."""

    async def in_view(*_: Any) -> None:
        pass

    async def details(_: Any, person: Person) -> Person:
        return person.model_copy(update={"status": own})

    monkeypatch.setattr(directory, "in_view", in_view)
    monkeypatch.setattr(directory, "details", details)
    context: Any = SimpleNamespace(acted=False, so_already=lambda *said: said)
    return portal.call(inviting.here_already, context, ASKED, LISTED)


def test_who_is_deactivated_by_her_own_page_alone_is_not_here_already(
    monkeypatch: pytest.MonkeyPatch, portal: BlockingPortal
) -> None:
    with pytest.raises(OperationFailed, match="is here and deactivated") as told:
        here_already(monkeypatch, portal, Status.DEACTIVATED)
    assert told.value.advice == "use people reactivate"


def test_who_may_be_deactivated_for_all_that_is_shown_is_not_here_already(
    monkeypatch: pytest.MonkeyPatch, portal: BlockingPortal
) -> None:
    with pytest.raises(OperationFailed, match="does not show whether deactivated"):
        here_already(monkeypatch, portal, None)


def test_who_is_active_by_her_own_page_is_here_already(monkeypatch: pytest.MonkeyPatch, portal: BlockingPortal) -> None:
    said = here_already(monkeypatch, portal, Status.ACTIVE)
    assert said[2] == "is active with these details"
