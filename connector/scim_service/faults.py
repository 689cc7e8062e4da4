"""What goes wrong, as SCIM errors that the person who reads an identity provider's log understands."""

from __future__ import annotations

from typing import Any

from scim2_models import Error, SCIMException

from connector.errors import ConnectorError
from connector.models import Model, Outcome, Result
from connector.terms import Guard

_DATA_FAULTS = {Guard.UNKNOWN_GROUP, Guard.UNKNOWN_MANAGER, Guard.SSO_DOMAIN, Guard.GROUP_REQUIRED}
"""Guards that speak of a value in the request; the others speak of what may be done at all."""


class Fault(Model):
    """One SCIM error as data. `retry_after` is in seconds."""

    status: int
    detail: str
    scim_type: str | None = None
    retry_after: int | None = None


class ServiceFault(SCIMException):
    """A SCIM error with any status, and with a time after which to try again."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(detail=fault.detail)
        self.status = fault.status
        self.scim_type = fault.scim_type or ""
        self.fault = fault

    def to_error(self) -> Error:
        """As it is answered."""
        return Error(status=self.status, scim_type=self.fault.scim_type, detail=self.fault.detail)


def still_at_it(seconds: int, why: str) -> ServiceFault:
    """What was asked goes on, and its result is there for whoever asks again."""
    return ServiceFault(Fault(status=429, detail=why, retry_after=seconds))


def unavailable(error: ConnectorError | str, seconds: int = 30) -> ServiceFault:
    """Nothing can be done now."""
    detail = error if isinstance(error, str) else str(error)
    return ServiceFault(Fault(status=503, detail=_one_line(detail), retry_after=seconds))


def fault_of(outcome: Outcome) -> Fault | None:
    """What an outcome means to whoever asked; None where it is done."""
    if outcome.result in (Result.DONE, Result.ALREADY):
        return None
    message = _one_line(outcome.message).replace("repeat with --override", "start the service with --override")
    told = f"{outcome.operation} {outcome.subject}: {message}"
    if outcome.objections:
        guards = " and ".join(dict.fromkeys(each.guard.value for each in outcome.objections))
        detail = f"refused for now by the guard {guards}: {told}; the same request again finds what became of it"
        return Fault(status=403, detail=detail)
    if outcome.result is Result.REFUSED:
        refused = f"refused by the guard {outcome.guard.value}: {told}" if outcome.guard else f"refused: {told}"
        if outcome.guard is None or outcome.guard in _DATA_FAULTS:
            return Fault(status=400, scim_type="invalidValue", detail=refused)
        return Fault(status=403, detail=refused)
    if outcome.result is Result.UNKNOWN:
        detail = f"{told}; it may have been done: asked again, it is looked for first"
        return Fault(status=503, detail=detail, retry_after=60)
    return Fault(status=400, scim_type="invalidValue", detail=told)


def joined(faults: list[Fault]) -> Fault:
    """Several faults of one request as one: the one that most needs a person, with all details."""
    worst = min(faults, key=lambda fault: (fault.status == 503, fault.status))
    details = [fault.detail for fault in faults]
    shown = "; ".join(details[:5]) + (f"; and {len(details) - 5} more" if len(details) > 5 else "")
    changes: dict[str, Any] = {"detail": shown}
    return worst.model_copy(update=changes)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:900]
