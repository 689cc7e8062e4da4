"""What the console's own question says of somebody is heeded before it is answered, by the guards that it speaks to."""

from __future__ import annotations

import pytest

from connector import Connector
from connector.models import Guard, Result
from fixtures.mock_console import MockConsole
from tests.faults.conftest import Repaint
from tests.flows.oracle import assert_nothing_happened, assert_only_changed

ANN = "ann@northwind.example"
KEYS = "This user owns 2 API keys, which stop working."
MANAGED = "This user is managed by your identity provider."
ASKED = "(?<=<p>)(?=[^<]*ann@northwind.example)"


@pytest.mark.parametrize(("said", "guard"), [(KEYS, Guard.KEY_OWNER), (MANAGED, Guard.SCIM_MANAGED)])
def test_a_question_that_speaks_against_it_is_answered_with_no_unless_its_guard_is_lifted(
    hasty: Connector, mock: MockConsole, repaint: Repaint, said: str, guard: Guard
) -> None:
    repaint(ASKED, f"{said} ")
    before = mock.books()
    outcome = hasty.deactivate(ANN)
    assert (outcome.result, outcome.guard) == (Result.REFUSED, guard)
    assert_nothing_happened(before, mock.books())
    assert hasty.deactivate(ANN, overrides={guard}).result is Result.DONE
    assert_only_changed(before, mock.books(), {ANN: {"status": "deactivated"}})
