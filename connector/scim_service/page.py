"""What the page for operators says; it changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from connector import run_control
from connector.scim_service.writes import Progress, Write

if TYPE_CHECKING:
    from connector.scim_service.service import Service

_LATEST = 12


def told(service: Service) -> dict[str, Any]:
    """Everything the template shows."""
    writes = service.writes.all()
    waiting = [one for one in writes if one.progress is not Progress.OVER]
    faults = [one for one in reversed(writes) if one.faults][:_LATEST]
    over = [one for one in reversed(writes) if one.progress is Progress.OVER and not one.faults][:_LATEST]
    age = service.age_seconds()
    trouble = service.console_thread.trouble
    views = run_control.views(service.settings, limit=_LATEST)
    return {
        "console": service.settings.url,
        "now": _at(datetime.now(UTC)),
        "unready": service.unready(),
        "trouble": None if trouble is None else {"since": _at(trouble.since), "times": trouble.times},
        "counts": service.mirror.counts,
        "dynamic": sorted(one.name for one in service.mirror.groups.values() if one.kind == "dynamic"),
        "age": None if age is None else _span(age),
        "refreshed": _at(service.mirror.state.refreshed),
        "waiting": [_write(one) for one in waiting[:_LATEST]],
        "open_count": len(service.writes.unfinished()),
        "approval_count": len(service.writes.waiting()),
        "faults": [_write(one) for one in faults],
        "over": [_write(one) for one in over],
        "runs": [
            {
                "id": view.request.id,
                "state": view.state.value,
                "asked": _at(view.request.created_at),
                "by": view.request.asked_by,
                "operations": len(view.request.operations),
                "why": view.why,
            }
            for view in views
        ],
    }


def _write(write: Write) -> dict[str, Any]:
    return {
        "what": write.what,
        "by": write.asked_by,
        "created": _at(write.created),
        "ended": _at(write.ended),
        "progress": write.progress.value,
        "run": write.run,
        "faults": [{"status": fault.status, "detail": fault.detail} for fault in write.faults[:3]],
    }


def _at(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _span(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
