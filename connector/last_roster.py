"""How many people the roster named that was last applied to a console; kept in the state directory, per console."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, Field, ValidationError

from connector.errors import SettingsError
from connector.folders import make_private
from connector.models import Model
from connector.roster_file import write_file

_FOLDER = "rosters"


class LastRoster(Model):
    """What is remembered of the roster that was last applied to the console at `url`."""

    url: str
    people: int = Field(ge=0)
    applied_at: AwareDatetime


def last_roster(state_dir: Path, url: str) -> LastRoster | None:
    """What is remembered for a console; None where no roster was applied yet.

    Raises SettingsError for a file that cannot be read: without it a roster that lost half of its rows is not noticed.
    """
    path = _path(state_dir, url)
    try:
        return LastRoster.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is damaged"
    raise SettingsError(
        f"{path} cannot be read: {reason}; it says how many people the last roster named",
        advice="remove the file if no roster is to be compared with the last one",
    )


def remember_roster(state_dir: Path, url: str, people: int, applied_at: datetime) -> None:
    """Remember that a roster with so many people was applied to a console. Raises RosterError where it cannot be."""
    path = _path(state_dir, url)
    make_private(path.parent)
    said = LastRoster(url=url, people=people, applied_at=applied_at)
    write_file(path, json.dumps(said.model_dump(mode="json"), indent=1) + "\n")


def _path(state_dir: Path, url: str) -> Path:
    return state_dir / _FOLDER / f"{hashlib.sha256(url.encode()).hexdigest()[:16]}.json"
