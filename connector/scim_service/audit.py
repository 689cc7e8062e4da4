"""What of the service belongs into the audit log: tokens made and revoked, and what each of them asked for."""

from __future__ import annotations

from pathlib import Path

from connector.audit import AuditLog

TOKEN_ADDED, TOKEN_REVOKED, WRITE_ASKED = "token-added", "token-revoked", "scim-write"


class Audit:
    """The one place where the service says what is to be kept of what happened. Requests that are refused at the door
    are counted in the metrics and no more: whoever sends them must not fill the log."""

    def __init__(self, state_dir: Path) -> None:
        self._log = AuditLog(state_dir)

    def note(self, kind: str, **fields: str) -> None:
        """Says what is about to be done; `fields` hold nothing secret. Raises AuditFailed: then it must not be done."""
        self._log.append(kind, **fields)
