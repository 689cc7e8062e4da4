"""What of the service belongs into the audit log: tokens made and revoked, and what each of them asked for."""

from __future__ import annotations

import logging

_LOG = logging.getLogger("connector.scim_service.audit")


def note(kind: str, **fields: str) -> None:
    """Says that something happened; `fields` hold nothing secret."""
    _LOG.info("%s %s", kind, " ".join(f"{name}={value}" for name, value in fields.items()))
