"""Runs of many operations: carried out, gone on with, and those that carry out a plan or a roster."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from connector import applying
from connector.actions import reading
from connector.actions.context import Context
from connector.batch import Batch
from connector.connection import Connection
from connector.errors import InputError
from connector.intents import require_sound
from connector.journal import Journal
from connector.last_roster import last_roster
from connector.models import (
    Guard,
    Operation,
    Outcome,
    Report,
)
from connector.plan import make_plan
from connector.plan_models import Held, Origin, Plan, PlanOptions, Reading
from connector.roster import Roster
from connector.run_records import RunRecord, RunRequest, may_go_on, new_run_id, whoever_asks

if TYPE_CHECKING:
    from connector.tiers.doors import DoorTier

T = TypeVar("T")
Progress = Callable[[str, int, int | None], None]
Agree = Callable[[Sequence[Operation], Sequence[Outcome]], None]
"""Hears what is about to be done and what is left out, before anything is sent; raises to stop it."""


class Running(Connection):
    """The part of `Connector` that carries runs out."""

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
        approvable: Collection[Guard] | None = None,
        held: Sequence[Held] = (),
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
            approvable: the guards of which that is true; all that may be lifted, where it is None.
            held: of an unattended run, what waits from the beginning; it is reported first.
            on_outcome: called with each outcome as soon as it is known.

        Raises InputError for malformed addresses, guards that are never lifted, and a `run_id` that stands for other
        operations, was cancelled or is older than its time to live; ConsoleUnavailable, SignInFailed and ConsoleDrift
        where nothing was done yet; RunDatabaseFailed. A run that is stopped later returns its report.
        """
        require_sound([*operations, *(each.operation for each in held)], overrides)
        if held and not (run_id and unattended):
            raise InputError("what is held waits for approval: that takes an unattended run with a run id")
        batch = self._batch(run_id or new_run_id(), dry_run=dry_run, overrides=overrides, on_outcome=on_outcome)
        if dry_run:
            return self._call(partial(batch.carry_out, list(operations)))
        if run_id is None:
            return self._call(partial(self._alone, batch, list(operations), wait))
        # Imported here: what no run needs starts sooner without it.
        from connector import runs

        request = self._request(run_id, operations, overrides, left_out, unattended=unattended)
        guards_to_approve = None if approvable is None else tuple(sorted(approvable))
        request = request.model_copy(update={"held": tuple(held), "approvable": guards_to_approve})
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
            named = tuple(sorted(plan.named)) if plan.held else ()
            request = request.model_copy(update={**held, "named": named})
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
        return plan.verify_against(await batch.directory(plan.basis.complete, plan.named))

    async def _alone(self, batch: Batch, operations: Sequence[Operation], wait: bool) -> Report:
        from connector.shared_lease import lease_on

        with lease_on(self.settings, self.settings.url) as lease:
            await lease.acquire(batch.run, wait=wait, say=self._say)
            return await batch.carry_out(operations, Journal(lease.check))
