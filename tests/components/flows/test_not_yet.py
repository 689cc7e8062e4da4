"""What the connector cannot do on some consoles yet: it says so, and nothing has changed."""

from __future__ import annotations

import pytest

from connector import Connector
from connector.models import Edit, Result, Role
from tests.components.flows.books import happened
from tests.components.server import ComponentConsole

ANN = "ann@corp.example"


@pytest.mark.parametrize("library", ["chakra"], indirect=True, scope="session")
def test_names_that_are_edited_in_place_without_a_button_are_refused_before_anything_changes(
    connector: Connector, console: ComponentConsole
) -> None:
    outcome = connector.edit(Edit(email=ANN, first_name="Anna", role=Role.MANAGER))
    assert outcome.result is Result.REFUSED
    assert "no field for names" in outcome.message
    assert happened(console.books()) == []
