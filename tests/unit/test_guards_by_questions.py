"""Which guard a question speaks to, whatever the action that it asks about."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from connector.actions import status
from connector.actions.status import Clicked, objections_to
from connector.errors import Refused
from connector.models import Guard, Person
from page_objects import words
from page_objects.question_warnings import Warned
from page_objects.words import Word

ANN = Person(email="ann@x.example")
KEYS = "Ann Lee owns 2 API keys."


@pytest.mark.parametrize(
    ("action", "said", "guard"),
    [
        (words.DEACTIVATE, Warned(scim=True), Guard.SCIM_MANAGED),
        (words.REACTIVATE, Warned(scim=True), Guard.SCIM_MANAGED),
        (words.MAKE_ADMIN, Warned(scim=True), Guard.SCIM_MANAGED),
        (words.DEACTIVATE, Warned(keys=KEYS), Guard.KEY_OWNER),
        (words.REACTIVATE, Warned(keys=KEYS), None),
        (words.DEACTIVATE, Warned(lines=("3 people report to her.",)), None),
    ],
)
def test_a_question_that_speaks_to_a_guard_is_refused_by_it(
    portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch, action: Word, said: Warned, guard: Guard | None
) -> None:
    async def asked(context: Any, person: Person, action: Word, affirm: Word, heed: Any) -> Clicked:
        heed(said)
        return Clicked([], [])

    monkeypatch.setattr(status, "click_and_confirm", asked)
    warnings: list[str] = []

    def overriding(*lifted: Guard) -> Any:
        context: Any = SimpleNamespace(overrides=frozenset(lifted), acted=False)
        return portal.call(objections_to, context, ANN, action, words.AFFIRM_ADMIN, warnings)

    if guard is None:
        assert overriding() == []
    else:
        with pytest.raises(Refused) as refused:
            overriding()
        assert refused.value.guard is guard
        assert overriding(guard) == []
    assert warnings == [*said.lines]
