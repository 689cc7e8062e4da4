"""The synchronous face: `with Connector() as c: c.invite(...)`, for scripts, notebooks and the command.

The asynchronous work happens on an event loop in a thread of its own, so that it gets along with a caller that runs an
event loop, or Playwright's synchronous API, in its own thread.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from connector.actions import check, directory, groups
from connector.actions.context import Context
from connector.actions.matching import matching
from connector.addresses import parse_address
from connector.errors import LeftOut
from connector.intents import require_group_name
from connector.models import (
    CreateGroup,
    Deactivate,
    DeleteGroup,
    Edit,
    Group,
    GroupDetails,
    Guard,
    ImportPeople,
    Invite,
    InvitePeople,
    Operation,
    Outcome,
    Person,
    Reactivate,
    Report,
    Resend,
    Role,
    Seats,
    Status,
)
from connector.offline import check_recordings, recordings, started
from connector.recording import Recorded, Recorder
from connector.run_records import new_run_id
from connector.running import Running
from connector.survey import Survey, edition_of

if TYPE_CHECKING:
    from connector.tiers.doors import DoorTier

T = TypeVar("T")
Progress = Callable[[str, int, int | None], None]
Agree = Callable[[Sequence[Operation], Sequence[Outcome]], None]
"""Hears what is about to be done and what is left out, before anything is sent; raises to stop it."""


class Connector(Running):
    """One browser at one console, signed in on first use and closed with the context manager.

    Args:
        settings: where and who; read from the environment and .env when None.
        headed: show the browser's window.
        progress: called with what is being done, how much is done, and of how much (None where not known).
        say: called with one sentence at a time for the operator (a key file was made, a session is not used).
        start: a browser that is on its way up already, and stays its owner's.
    """

    def people(
        self,
        *,
        search: str | None = None,
        status: Status | None = None,
        role: Role | None = None,
        group: str | None = None,
        not_seen_for: int | None = None,
    ) -> list[Person]:
        """Everyone who matches, each once, in the console's order. `not_seen_for` is in days.

        Raises LeftOut, which has whoever matches, where of some people the last login, or who they are, is not told.
        """

        asked = partial(matching, status=status, role=role, group=group, not_seen_for=not_seen_for)

        async def read(context: Context) -> list[Person]:
            unread: list[str] = []
            everyone = await directory.everybody(context, search or "", self._progress, unread)
            left_out: LeftOut | None = None
            members = await groups.members_where_untold(context, group, everyone, self._progress) if group else None
            try:
                found = asked(everyone, members=members)
            except LeftOut as error:
                found, left_out = error.found, error
            directory.require_all_told(found, unread, left_out)
            return found

        async def otherwise(tier: DoorTier) -> list[Person]:
            return asked(await tier.found(search or ""))

        return self._read("list people", read, otherwise)

    def person(self, email: str) -> Person:
        """One person with all the console shows. Raises PersonNotFound; Refused where several have the address."""
        address = parse_address(email)
        return self._read(
            f"show {address}", lambda context: directory.show(context, address), lambda tier: tier.show(address)
        )

    def groups(self) -> list[Group]:
        """All groups in the console's order, with kind and number of members where the list shows them."""
        return self._read("list groups", lambda context: groups.everything(context, self._progress))

    def group(self, name: str) -> GroupDetails:
        """One group by its exact name, with the addresses of its members.

        Raises InputError for what cannot be a name, GroupNotFound; Refused (ambiguous-match, look-alike) where the name
        does not tell which one is meant.
        """
        require_group_name(name)
        return self._read(f"show group {name}", lambda context: groups.show(context, name, self._progress))

    def seats(self, *, not_seen_for: int = 90, people: Sequence[Person] | None = None) -> Seats:
        """Seat pools, and active people who never signed in or were not seen for so many days.

        `people`: everyone, where they have just been read; they are not read again then. Raises LeftOut, which has the
        seats as far as the others tell them, where rows do not tell whose they are.
        """
        return self._read("seats", lambda context: directory.seats(context, not_seen_for, self._progress, people))

    def export(self) -> list[Person]:
        """Everyone with groups and managers filled in."""

        async def read(context: Context) -> list[Person]:
            everybody = await directory.everybody(context, "", self._progress)
            return await directory.complete(context, everybody, self._progress)

        return self._read("export", read, lambda tier: tier.found(""))

    def check(self) -> Survey:
        """Looks at every screen without changing anything: which elements are found, how they are rendered."""

        async def survey(context: Context) -> Survey:
            looks = await check.check(context, check.unseen, self._progress)
            return Survey(edition_of(looks), tuple(looks))

        return self._call(partial(self._batch(new_run_id()).survey, "check", survey))

    def record(self, folder: Path, *, source: str = "a console", salt: bytes | None = None) -> Recorded:
        """Does the same and keeps the screens in a folder, personal data replaced (see `connector/recording.py`).

        `source` says what console it is; the same `salt` replaces the same by the same in every recording. Raises
        InputError for a folder that cannot be one, RecordingRefused where somebody's data would be written.
        """
        secrets = [secret.get_secret_value() for secret in self.settings.secrets()]
        recorder = Recorder(folder, self.settings.email, secrets, source, salt, self._vocabulary)

        async def record(context: Context) -> Recorded:
            recorder.begin()
            return await recorder.finish(await check.check(context, recorder.capture, self._progress))

        return self._call(partial(self._batch(new_run_id()).survey, "record", record))

    def check_recording(self, folder: Path) -> Survey:
        """Reads recordings without a console: no settings are needed, and nothing is reached."""
        found = recordings(folder)
        self._progress(f"reading {len(found)} recordings", 0, None)

        async def read() -> Survey:
            async with started(self.settings.browser, headed=self._headed) as browser:
                return await check_recordings(folder, browser, self._vocabulary)

        return self._call(read)

    def invite(
        self,
        email: str,
        first_name: str,
        last_name: str,
        role: Role = Role.LEARNER,
        groups: Iterable[str] = (),
        managers: Iterable[str] = (),
        *,
        dry_run: bool = False,
        overrides: Collection[Guard] = (),
    ) -> Outcome:
        """Invites one person."""
        operation = Invite(
            email=email,
            first_name=first_name,
            last_name=last_name,
            role=role,
            groups=tuple(groups),
            managers=tuple(managers),
        )
        return self._one(operation, dry_run, overrides)

    def invite_people(
        self, people: Iterable[Invite], *, dry_run: bool = False, overrides: Collection[Guard] = ()
    ) -> Report:
        """Invites several by the console's form: in one sending where it takes a list of addresses, else one by one."""
        return self.run([InvitePeople(people=tuple(people))], dry_run=dry_run, overrides=overrides)

    def import_people(
        self,
        people: Iterable[Invite],
        *,
        skip_bad_rows: bool = False,
        dry_run: bool = False,
        overrides: Collection[Guard] = (),
    ) -> Report:
        """Invites many through the console's CSV import."""
        operation = ImportPeople(people=tuple(people), skip_bad_rows=skip_bad_rows)
        return self.run([operation], dry_run=dry_run, overrides=overrides)

    def deactivate(self, email: str, *, dry_run: bool = False, overrides: Collection[Guard] = ()) -> Outcome:
        """Takes one person's access away."""
        return self._one(Deactivate(email=email), dry_run, overrides)

    def reactivate(self, email: str, *, dry_run: bool = False, overrides: Collection[Guard] = ()) -> Outcome:
        """Gives a deactivated person her access back."""
        return self._one(Reactivate(email=email), dry_run, overrides)

    def resend(self, email: str, *, dry_run: bool = False) -> Outcome:
        """Sends the invitation of an invited person again."""
        return self._one(Resend(email=email), dry_run, ())

    def edit(self, operation: Edit, *, dry_run: bool = False, overrides: Collection[Guard] = ()) -> Outcome:
        """Changes details, role, groups or managers of one person."""
        return self._one(operation, dry_run, overrides)

    def create_group(self, name: str, *, dry_run: bool = False, overrides: Collection[Guard] = ()) -> Outcome:
        """Makes a group without members, unless there is one of this name."""
        return self._one(CreateGroup(name=name), dry_run, overrides)

    def delete_group(self, name: str, *, dry_run: bool = False, overrides: Collection[Guard] = ()) -> Outcome:
        """Deletes exactly one static group; its people stay."""
        return self._one(DeleteGroup(name=name), dry_run, overrides)

    def _one(self, operation: Operation, dry_run: bool, overrides: Collection[Guard]) -> Outcome:
        return self.run([operation], dry_run=dry_run, overrides=overrides).outcomes[0]
