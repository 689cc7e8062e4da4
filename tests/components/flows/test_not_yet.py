"""What the connector cannot do on some consoles yet: it says so, and nothing has changed."""

from __future__ import annotations

import pytest

from connector import Connector
from connector.errors import ConsoleDrift
from connector.models import Edit, Role
from tests.components.flows.books import happened
from tests.components.server import ComponentConsole

ANN, NEW = "ann@corp.example", "new.person@corp.example"


@pytest.mark.parametrize("library", ["chakra"], indirect=True, scope="session")
def test_a_person_whose_details_are_edited_one_by_one_is_left_as_she_is(
    connector: Connector, console: ComponentConsole
) -> None:
    with pytest.raises(ConsoleDrift, match="edit button is there 5 times"):
        connector.edit(Edit(email=ANN, role=Role.MANAGER))
    assert happened(console.books()) == []
