"""Situations that the mock console itself does not offer."""

from __future__ import annotations

import pytest

from fixtures.mock_console import MockConsole
from fixtures.mock_console.people import Role
from fixtures.mock_console.sessions import Session
from fixtures.mock_console.web import Web

GRACE, INGRID = "grace.okafor@northwind.example", "ingrid.sorensen@northwind.example"


@pytest.fixture
def no_admin_itself(connector: object, mock: MockConsole, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connector's account may manage users without being an admin: the permission profile 'Users Management'."""
    monkeypatch.setattr(Web, "may", _everybody_signed_in)
    mock.change_person(mock.admin_email, role=Role.MANAGER)


def _everybody_signed_in(web: Web, session: Session) -> bool:
    return session.email is not None
