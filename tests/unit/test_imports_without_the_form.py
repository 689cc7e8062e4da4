"""An import where the form to invite is not to be read: which groups there are, the list of groups tells."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from connector.actions import import_csv, invite_form
from connector.errors import ConsoleDrift
from connector.models import Group, Guard, ImportPeople, Invite, Outcome, Result, Role


def row(name: str, group: str) -> Invite:
    return Invite(
        email=f"{name}@x.example", first_name=name.title(), last_name="Lee", role=Role.LEARNER, groups=(group,)
    )


def judged(
    monkeypatch: pytest.MonkeyPatch, portal: BlockingPortal, listed: tuple[str, ...] | None
) -> dict[str, tuple[Result, Guard | None]]:
    """What becomes of two rows, the one in a group of the list; None: there is no list."""
    steps: list[str] = []

    async def nothing(*_: Any) -> None:
        pass

    async def no_form() -> Any:
        raise ConsoleDrift("Invite User: the form is missing")

    async def all_groups(context: Any) -> tuple[Group, ...]:
        context.lane.groups_listed = listed is not None
        return tuple(Group(name=name) for name in listed or ())

    def outcome(operation: Any, email: str, result: Result, message: str) -> Outcome:
        return Outcome(operation=operation, email=email, result=result, message=message)

    monkeypatch.setattr(import_csv, "require_not_dynamic", nothing)
    for module in (import_csv, invite_form):
        monkeypatch.setattr(module, "all_groups", all_groups)
    context: Any = SimpleNamespace(
        overrides=frozenset(),
        lane=SimpleNamespace(step=steps.append, groups_listed=False, offers_group=lambda group: None),
        people=SimpleNamespace(open=nothing, open_invite=no_form),
        outcome=outcome,
    )
    work = import_csv._Import(context, ImportPeople(people=(row("ann", "Sales"), row("bo", "Salse"))), nothing)  # type: ignore[arg-type]
    portal.call(work._judge_groups)
    assert steps == ["the form to invite is not looked at: Invite User: the form is missing"]
    return {email.partition("@")[0]: (said.result, said.guard) for email, said in work.outcomes.items()}


def test_a_form_to_invite_that_cannot_be_read_does_not_end_an_import(
    monkeypatch: pytest.MonkeyPatch, portal: BlockingPortal
) -> None:
    assert judged(monkeypatch, portal, ("Sales",)) == {"bo": (Result.REFUSED, Guard.UNKNOWN_GROUP)}


def test_where_the_list_of_groups_is_not_to_be_read_either_nobody_knows(
    monkeypatch: pytest.MonkeyPatch, portal: BlockingPortal
) -> None:
    with pytest.raises(ConsoleDrift, match="the form is missing"):
        judged(monkeypatch, portal, None)
