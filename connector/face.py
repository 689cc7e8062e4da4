"""The synchronous face: `with Connector() as c: c.invite(...)`, for scripts, notebooks and the command.

The asynchronous work happens on an event loop in a thread of its own, so that it gets along with a caller that runs an
event loop, or Playwright's synchronous API, in its own thread.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from anyio.from_thread import BlockingPortal, start_blocking_portal

from connector import applying
from connector.actions import check, directory, groups, reading
from connector.actions.context import Context
from connector.addresses import parse_address
from connector.batch import Batch
from connector.by_hand import require_display
from connector.console import Console
from connector.errors import SettingsError
from connector.evidence import Evidence, run_folder
from connector.intents import require_group_name, require_sound
from connector.journal import Journal
from connector.labels import load_labels
from connector.last_roster import last_roster
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
from connector.plan import make_plan
from connector.plan_models import Origin, Plan, PlanOptions, Reading
from connector.recording import Recorded, Recorder
from connector.redaction import Redactor
from connector.roster import Roster
from connector.run_log import RunLog
from connector.run_records import RunRecord, RunRequest, may_go_on, new_run_id, whoever_asks
from connector.settings import EvidenceLevel, Settings, TierName, load_settings
from connector.survey import Survey, edition_of
from page_objects.words import Vocabulary

if TYPE_CHECKING:
    from connector.tiers.doors import DoorTier
    from connector.tiers.router import Router

T = TypeVar("T")
Progress = Callable[[str, int, int | None], None]
Agree = Callable[[Sequence[Operation], Sequence[Outcome]], None]
"""Hears what is about to be done and what is left out, before anything is sent; raises to stop it."""


class Connector:
    """One browser at one console, signed in on first use and closed with the context manager.

    Args:
        settings: where and who; read from the environment and .env when None.
        headed: show the browser's window.
        progress: called with what is being done, how much is done, and of how much (None where not known).
        say: called with one sentence at a time for the operator (a key file was made, a session is not used).
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        headed: bool = False,
        progress: Progress | None = None,
        say: Callable[[str], None] | None = None,
    ) -> None:
        self.settings = settings or load_settings()
        self._headed = headed
        self._progress: Progress = progress or (lambda what, done, total: None)
        self._say = say or (lambda text: print(text, file=sys.stderr))  # noqa: T201 - results alone go to stdout
        self._vocabulary = load_labels(self.settings.labels) if self.settings.labels else Vocabulary()
        self._exits = ExitStack()
        self._portal: BlockingPortal | None = None
        self._console: Console | None = None
        self._router: Router | None = None
        self._redactor = Redactor(self.settings.secrets())
        self._log = RunLog.of(self.settings, self._redactor.scrub)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Saves what was learnt and ends the browser. Safe to call twice."""
        console, self._console = self._console, None
        router, self._router = self._router, None
        portal, self._portal = self._portal, None
        try:
            if console is not None and portal is not None:
                try:
                    portal.call(console.save_what_was_learnt)
                finally:
                    portal.call(console.close)
            if router is not None and portal is not None:
                portal.call(router.close)
        finally:
            self._exits.close()
            self._log.close()

    # -- signing in ---------------------------------------------------------------------------------------------
    def sign_in(self, *, seconds: float = 600) -> None:
        """Lets a person sign in in the browser's window, for at most so many seconds, and saves the session.

        For what needs a person: an identity provider's own ways, a second factor without a secret. No password is
        needed in the settings. Raises SignInFailed where there is no display or nobody signs in in time, Refused
        (wrong-tenant) for another account than the settings'.
        """
        if self.settings.email is None:
            raise SettingsError(
                "Signing in by hand needs WORKRAMP_EMAIL: it says whose session is saved.",
                advice="set it in the environment, in .env, or in the file that --env-file names",
            )
        if self._headed:
            require_display()
        batch = self._batch(new_run_id(), evidence=EvidenceLevel.OFF)
        self._call(partial(batch.sign_in_by_hand, seconds))

    # -- reading ------------------------------------------------------------------------------------------------
    def people(
        self,
        *,
        search: str | None = None,
        status: Status | None = None,
        role: Role | None = None,
        group: str | None = None,
        not_seen_for: int | None = None,
    ) -> list[Person]:
        """Everyone who matches, each once, in the console's order. `not_seen_for` is in days."""

        def matching(everyone: list[Person]) -> list[Person]:
            return directory.matching(everyone, status=status, role=role, group=group, not_seen_for=not_seen_for)

        async def read(context: Context) -> list[Person]:
            return matching(await directory.everybody(context, search or "", self._progress))

        async def otherwise(tier: DoorTier) -> list[Person]:
            return matching(await tier.found(search or ""))

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

    def seats(self, *, not_seen_for: int = 90) -> Seats:
        """Seat pools, and active people who never signed in or were not seen for so many days."""
        return self._read("seats", lambda context: directory.seats(context, not_seen_for, self._progress))

    def export(self) -> list[Person]:
        """Everyone with groups and managers filled in."""
        return self._read(
            "export", lambda context: directory.complete(context, self._progress), lambda tier: tier.found("")
        )

    def plan(self, roster: Roster, options: PlanOptions | None = None) -> Plan:
        """What it takes to make the console match a roster; changes nothing.

        Reads everybody, with groups and managers where the roster says any, and the seats. How many people the roster
        named that was last applied here is taken from the state directory.
        """
        last = last_roster(self.settings.state_dir, self.settings.url)

        def planned(read: Reading) -> Plan:
            return make_plan(
                roster,
                read,
                self.settings,
                account=self.settings.email or "",
                now=datetime.now(UTC).replace(microsecond=0),
                options=options,
                last_people=None if last is None else last.people,
            )

        async def compare(context: Context) -> Plan:
            return planned(await reading.reading_for(context, roster, self._progress))

        async def otherwise(tier: DoorTier) -> Plan:
            return planned(await tier.reading())

        return self._read("plan", compare, otherwise)

    def changed_since(self, plan: Plan) -> tuple[str, ...]:
        """The addresses that a plan concerns and of whom the console shows something else now; empty where it holds.

        Reads everybody as the plan was made. Raises Refused (wrong-tenant) for a plan for another console, PlanError
        for another account.
        """
        applying.require_ours(plan, self.settings)
        return self._call(partial(self._changed_since, self._batch(new_run_id()), plan))

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

    # -- changing -----------------------------------------------------------------------------------------------
    def run(
        self,
        operations: Sequence[Operation],
        *,
        dry_run: bool = False,
        overrides: Collection[Guard] = (),
        run_id: str | None = None,
        wait: bool = True,
        left_out: Sequence[Outcome] = (),
        unattended: bool = False,
        on_outcome: Callable[[Outcome], None] | None = None,
    ) -> Report:
        """Carries operations out in their order; an outcome for each.

        With a `run_id` (and not as a dry run) the run is durable: it is recorded in the run database, and the same call
        with the same id goes on with it after a crash and gives back its outcomes after its end. Without one nothing is
        recorded. One run at a time works at a console; `wait` is for the others to be over.

        Args:
            operations: what to do.
            dry_run: say what would happen, change nothing.
            overrides: guards to lift.
            run_id: the name of the run, which makes it durable.
            wait: wait where another run works at the console; else that raises ConsoleBusy.
            left_out: outcomes of rows that were left out of a durable run, kept with it and reported first.
            unattended: nobody is there to lift a guard. In a durable run, what a guard refuses that a person may lift
                waits for approval then, and is carried out by `resume` once it is approved.
            on_outcome: called with each outcome as soon as it is known.

        Raises InputError for malformed addresses, guards that are never lifted, and a `run_id` that stands for other
        operations, was cancelled or is older than its time to live; ConsoleUnavailable, SignInFailed and ConsoleDrift
        where nothing was done yet; RunDatabaseFailed. A run that is stopped later returns its report.
        """
        require_sound(operations, overrides)
        batch = self._batch(run_id or new_run_id(), dry_run=dry_run, overrides=overrides, on_outcome=on_outcome)
        if dry_run:
            return self._call(partial(batch.carry_out, list(operations)))
        if run_id is None:
            return self._call(partial(self._alone, batch, list(operations), wait))
        # Imported here: what no run needs starts sooner without it.
        from connector import runs

        request = self._request(run_id, operations, overrides, left_out, unattended=unattended)
        return self._call(partial(runs.carry_out, batch, request, wait=wait, say=self._say))

    def resume(
        self,
        run_id: str,
        *,
        stale: bool = False,
        wait: bool = True,
        on_outcome: Callable[[Outcome], None] | None = None,
    ) -> Report:
        """Goes on with a durable run that was cut short, stopped or cancelled; the outcomes of all its operations.

        `stale` goes on even where its time to live is over. A run that is over is only reported. Raises as `run` does.
        """
        from connector import runs

        request = runs.find(self.settings, run_id).request
        batch = self._batch(run_id, on_outcome=on_outcome)
        report = self._call(partial(runs.resume, batch, run_id, stale=stale, wait=wait, say=self._say))
        applying.remember(self.settings, request, report, self._say)
        return report

    def apply(
        self,
        plan: Plan,
        *,
        dry_run: bool = False,
        run_id: str | None = None,
        wait: bool = True,
        unattended: bool = False,
        agree: Agree | None = None,
        on_outcome: Callable[[Outcome], None] | None = None,
    ) -> Report:
        """Carries a plan out as one durable run, with the guards lifted that the plan says.

        What the plan refuses is reported first, as refused. Compared with the console before anything is sent: while
        somebody whom it concerns is not as she was read then, nothing of it is carried out. The same `run_id` goes on
        with the run after a crash, without comparing, and gives back its outcomes after its end.

        Args:
            plan: from `plan` or `read_plan`.
            dry_run: say what would happen, after the same comparison; change nothing.
            run_id: the name of the run; one is made up where there is none.
            wait: as `run` does.
            unattended: as `run` does; what the plan refuses waits, too.
            agree: called once before anything is sent, with the operations and what is refused; raises to stop it.
            on_outcome: called with each outcome of an operation as soon as it is known.

        Raises PlanError for a plan that is too old, was made for another account or holds no longer; Refused
        (wrong-tenant) for another console; and as `run` does.
        """
        origin = applying.origin_of(plan, in_one_go=False)
        if not dry_run and run_id is not None and (record := self._begun(run_id, origin)) is not None:
            return self._go_on(record, wait, agree, on_outcome)
        applying.require_ours(plan, self.settings)
        applying.require_fresh(plan, self.settings, datetime.now(UTC))
        return self._apply(plan, origin, timedelta(0), dry_run, run_id, wait, unattended, agree, on_outcome)

    def apply_roster(
        self,
        roster: Roster,
        options: PlanOptions | None = None,
        *,
        dry_run: bool = False,
        run_id: str | None = None,
        wait: bool = True,
        unattended: bool = False,
        agree: Agree | None = None,
        on_outcome: Callable[[Outcome], None] | None = None,
    ) -> Report:
        """Plans a roster and carries the plan out in one go; arguments and errors are those of `plan` and `apply`.

        The same `run_id` with the same roster and options goes on with the run that was begun, and plans nothing anew.
        """
        origin = applying.origin_of_roster(roster, options or PlanOptions())
        if not dry_run and run_id is not None and (record := self._begun(run_id, origin)) is not None:
            return self._go_on(record, wait, agree, on_outcome)
        plan = self.plan(roster, options)
        origin = applying.origin_of(plan, in_one_go=True)
        return self._apply(plan, origin, applying.JUST_MADE, dry_run, run_id, wait, unattended, agree, on_outcome)

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

    # -- inside -------------------------------------------------------------------------------------------------
    def _apply(
        self,
        plan: Plan,
        origin: Origin,
        believed: timedelta,
        dry_run: bool,
        run_id: str | None,
        wait: bool,
        unattended: bool,
        agree: Agree | None,
        on_outcome: Callable[[Outcome], None] | None,
    ) -> Report:
        """Carries a plan out; for so long after it was made it is believed without looking again."""
        require_sound(plan.operations, plan.options.overrides)
        left_out = applying.refused_by(plan)
        batch = self._batch(
            run_id or new_run_id(), dry_run=dry_run, overrides=plan.options.overrides, on_outcome=on_outcome
        )

        async def first() -> None:
            if datetime.now(UTC) - plan.created_at > believed:
                applying.require_unchanged(await self._changed_since(batch, plan))

        if dry_run:
            self._call(first)
            return Report(run="dry-run", outcomes=(*left_out, *applying.would_be_done(plan)))
        if agree is not None:
            agree(plan.operations, left_out)
        if unattended:
            left_out = applying.never_done(plan)
        request = self._request(batch.run, plan.operations, plan.options.overrides, left_out, origin, unattended)
        if unattended:
            held = {"held": plan.held, "seen": plan.held_concerned, "complete": plan.basis.complete}
            request = request.model_copy(update=held)
        return self._applied(batch, request, wait, first)

    def _go_on(
        self,
        record: RunRecord,
        wait: bool,
        agree: Agree | None,
        on_outcome: Callable[[Outcome], None] | None,
    ) -> Report:
        request = record.request
        if agree is not None and not record.over:
            agree(request.operations, (*request.left_out, *applying.waiting_in(record)))
        batch = self._batch(request.id, overrides=request.overrides, on_outcome=on_outcome)
        return self._applied(batch, request, wait, None)

    def _applied(
        self, batch: Batch, request: RunRequest, wait: bool, first: Callable[[], Awaitable[None]] | None
    ) -> Report:
        from connector import runs

        report = self._call(partial(runs.carry_out, batch, request, wait=wait, say=self._say, first=first))
        applying.remember(self.settings, request, report, self._say)
        return report

    def _begun(self, run_id: str, origin: Origin) -> RunRecord | None:
        """The run of this id, where there is one already. Raises InputError where it is another or may not go on."""
        from connector import run_control

        record = run_control.look_up(self.settings, run_id)
        if record is not None:
            asked = self._request(run_id, (), origin.options.overrides, (), origin)
            may_go_on(record, self.settings.url, stale=False, asked=asked)
        return record

    def _request(
        self,
        run_id: str,
        operations: Sequence[Operation],
        overrides: Collection[Guard],
        left_out: Sequence[Outcome],
        origin: Origin | None = None,
        unattended: bool = False,
    ) -> RunRequest:
        return RunRequest(
            id=run_id,
            console=self.settings.url,
            operations=tuple(operations),
            overrides=tuple(sorted(overrides)),
            left_out=tuple(left_out),
            origin=origin,
            unattended=unattended,
            four_eyes=self.settings.four_eyes,
            asked_by=whoever_asks(),
            created_at=datetime.now(UTC),
            hours_to_live=self.settings.run_ttl_hours,
        )

    async def _changed_since(self, batch: Batch, plan: Plan) -> tuple[str, ...]:
        async def compare(context: Context) -> tuple[str, ...]:
            complete = plan.basis.complete
            return plan.verify_against(await reading.people_for(context, complete=complete, progress=self._progress))

        async def otherwise(tier: DoorTier) -> tuple[str, ...]:
            return plan.verify_against(await tier.found(""))

        return await batch.read_anyhow("compare with the plan", compare, otherwise)

    def _one(self, operation: Operation, dry_run: bool, overrides: Collection[Guard]) -> Outcome:
        return self.run([operation], dry_run=dry_run, overrides=overrides).outcomes[0]

    async def _alone(self, batch: Batch, operations: Sequence[Operation], wait: bool) -> Report:
        from connector.shared_lease import lease_on

        with lease_on(self.settings, self.settings.url) as lease:
            await lease.acquire(batch.run, wait=wait, say=self._say)
            return await batch.carry_out(operations, Journal(lease.check))

    def _read(
        self,
        what: str,
        action: Callable[[Context], Awaitable[T]],
        otherwise: Callable[[DoorTier], Awaitable[T]] | None = None,
    ) -> T:
        """Reads through the console, or as `otherwise` does where another tier has to do."""
        batch = self._batch(new_run_id())
        return self._call(partial(batch.read_anyhow, what, action, otherwise))

    def _batch(
        self,
        run: str,
        *,
        dry_run: bool = False,
        overrides: Collection[Guard] = (),
        on_outcome: Callable[[Outcome], None] | None = None,
        evidence: EvidenceLevel | None = None,
    ) -> Batch:
        if self._console is None:
            self._console = Console(
                self.settings,
                headed=self._headed,
                say=self._say,
                vocabulary=self._vocabulary,
                redactor=self._redactor,
                signed_in=partial(self._log.signed_in, self.settings.url, self.settings.email or ""),
                traced=self.settings.evidence is EvidenceLevel.ALL and not self.settings.evidence_mask,
            )
        if self._router is None and self.settings.tiers != (TierName.CONSOLE,):
            # Imported here: where the console is the only way, no HTTP library is loaded.
            from connector.tiers.router import Router

            self._router = Router(self.settings)
        folder = run_folder(self.settings.state_dir, run)
        return Batch(
            console=self._console,
            evidence=Evidence(
                folder, evidence or self.settings.evidence, self._redactor, mask=self.settings.evidence_mask
            ),
            run=run,
            lanes=self.settings.lanes,
            dry_run=dry_run,
            overrides=frozenset(overrides),
            on_outcome=on_outcome or (lambda outcome: None),
            progress=self._progress,
            say=self._say,
            router=self._router,
            log=self._log.without_audit() if dry_run else self._log,
        )

    def _call(self, action: Callable[[], Awaitable[T]]) -> T:
        if self._portal is None:
            self._portal = self._exits.enter_context(start_blocking_portal("asyncio"))
        return self._portal.call(action)
