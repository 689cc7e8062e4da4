"""What of the service belongs into the audit log: tokens made and revoked, and what each of them asked for."""

from __future__ import annotations

import logging
from pathlib import Path

_LOG = logging.getLogger("connector.scim_service.audit")


class Audit:
    """The one place where the service says what is to be kept of what happened."""

    def __init__(self, state_dir: Path) -> None:
        self._state_dir = state_dir

    def note(self, kind: str, **fields: str) -> None:
        """Says that something happened; `fields` hold nothing secret."""
        _LOG.info("%s %s", kind, " ".join(f"{name}={value}" for name, value in fields.items()))
