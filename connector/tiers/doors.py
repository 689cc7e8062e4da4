"""A tier without a browser: locate -> guards -> send -> read back, the same for REST and SCIM.

What a service can say, and how, is its door's business; what is asked before and looked at afterwards is here, as in
`connector/actions` for the console.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Protocol, TypeVar

from connector import guards
from connector.actions.invite import details_of, not_as_asked
from connector.actions.register import Register
from connector.actions.wishes import not_yet, open_wishes
from connector.addresses import address_key, same_address
from connector.errors import EffectUnknown, OperationFailed, PersonNotFound, Refused
from connector.models import Deactivate, Edit, Guard, Invite, Operation, Outcome, Person, Reactivate, Result, Status
from connector.plan_models import Reading
from connector.settings import Settings, TierName
from connector.tiers.protocol import AnswerLost, DoorShut, Gap, Job, Rejected, Share

T = TypeVar("T")

_TRIES = 3
_DOUBT_SECONDS = 5.0
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 1.0
REVIEW = "content created or assigned by this person stays: review it, and any API keys"


@dataclass(frozen=True)
class Found:
    """A person as a service gives her: `raw` is all of it, where all of it must be sent back."""

    id: int
    person: Person
    raw: Mapping[str, Any] = field(default_factory=dict)


class Door(Protocol):
    """The calls of a service. They raise as `Api.get` and `Api.send` do."""

    name: TierName
    shows_admins: bool
    replaces_managers: bool
    """Whether there is room for one manager: it shows one of however many, and writing a person leaves her no other."""
    unshown: tuple[str, ...]
    """What it shows of nobody, in the same words as other doors."""

    def supports(self, operation: Operation) -> Share: ...

    def put_needed(self, operation: Operation) -> bool: ...

    async def search(self, email: str) -> list[Found]: ...

    async def everybody(self) -> list[Found]: ...

    async def groups(self) -> dict[str, int]: ...

    async def create_group(self, name: str) -> None: ...

    async def invite(self, operation: Invite, groups: Sequence[int], managers: Sequence[Found]) -> None: ...

    async def set_active(self, found: Found, active: bool) -> None: ...

    async def edit(self, operation: Edit, found: Found, groups: Mapping[str, int]) -> None: ...

    def forget(self) -> None: ...

    async def close(self) -> None: ...


class DoorTier:
    """A tier behind a door. What it reads of everybody and of the groups is kept until `forget`.

    Args:
        door: the calls.
        settings: time-outs, and whom guards protect.
        beside: the tiers of this kind that are open now: what this one does not show of people is read from them.
        shut: is told that one of them is not available, and why.
    """

    def __init__(
        self,
        door: Door,
        settings: Settings,
        beside: Callable[[], Sequence[DoorTier]] = lambda: (),
        shut: Callable[[TierName, str], None] = lambda name, reason: None,
    ) -> None:
        self.door = door
        self._settings = settings
        self._beside = beside
        self._shut = shut
        self._told: list[DoorTier] = []
        self._reading = asyncio.Lock()
        self._register: Register | None = None
        self._groups: dict[str, int] = {}

    @property
    def name(self) -> TierName:
        return self.door.name

    def forget(self) -> None:
        """To be called where a run begins: others change the directory, too."""
        self._register = None
        self._groups = {}
        self.door.forget()

    def supports(self, operation: Operation) -> Share:
        return self.door.supports(operation)

    async def read(self, email: str) -> Person | None:
        found = await self._find(email)
        return None if found is None else found.person

    async def everybody(self) -> Sequence[Person]:
        return [found.person for found in await self.door.everybody()]

    async def found(self, search: str) -> list[Person]:
        """The people in whose address or name a text occurs; everybody for an empty one."""
        wanted = search.casefold()
        people = await self.everybody()
        found = [person for person in people if wanted in person.email.casefold() or wanted in _name(person)]

        async def read(tier: DoorTier) -> dict[str, Person]:
            return {address_key(person.email): person for person in await tier.everybody()}

        shown = [self._as_shown(person) for person in found]
        for tier, theirs in await self._of_others(read):
            shown = [tier.completed(person, theirs.get(address_key(person.email))) for person in shown]
        return shown

    async def show(self, email: str) -> Person:
        """One person. Raises PersonNotFound; Refused where there are several, or only look-alikes."""
        found = (await self._get(email)).person
        person = self._as_shown(found)
        for tier, theirs in await self._of_others(lambda tier: tier.read(found.email)):
            person = tier.completed(person, theirs)
        return person

    def unshown(self) -> str:
        """What neither this tier has shown of people nor one beside it, for a sentence."""
        others = [tier.door.unshown for tier in self._told]
        *most, last = [what for what in self.door.unshown if all(what in other for other in others)]
        return f"{', '.join(most)} and {last}"

    async def _of_others(self, read: Callable[[DoorTier], Awaitable[T]]) -> list[tuple[DoorTier, T]]:
        """What the tiers beside this one say. One that does not answer, or not clearly, says nothing."""
        found = []
        for tier in self._beside():
            if tier is self:
                continue
            try:
                found.append((tier, await read(tier)))
            except DoorShut as error:
                self._shut(tier.name, error.message)
            except (Rejected, Refused):
                continue
        self._told = [tier for tier, _ in found]
        return found

    def _as_shown(self, person: Person) -> Person:
        """The person with what is known of her: whether the one manager who is shown is the only one is not."""
        return person.model_copy(update={"managers": None}) if self.door.replaces_managers else person

    def completed(self, person: Person, here: Person | None) -> Person:
        """The person with what this tier shows of her and another one does not."""
        if here is None:
            return person
        here = self._as_shown(here)
        names = {"first_name": here.first_name, "last_name": here.last_name}
        update = dict(names) if person.first_name is None and person.last_name is None else {}
        update |= {name: getattr(here, name) for name in ("groups", "managers", "is_admin")}
        return person.model_copy(update={name: told for name, told in update.items() if getattr(person, name) is None})

    async def reading(self) -> Reading:
        """What a plan compares a roster with. Seats are not shown, and there is no CSV import here."""
        people = await self.found("")
        return Reading(
            people=tuple(people),
            pools=(),
            groups=frozenset(await self.door.groups()),
            import_columns=None,
            complete=all(person.groups is not None and person.managers is not None for person in people),
        )

    async def carry_out(self, job: Job) -> Outcome:
        match job.operation:
            case Invite():
                return await self._invite(job, job.operation)
            case Deactivate():
                return await self._deactivate(job, job.operation)
            case Reactivate():
                return await self._reactivate(job, job.operation)
            case Edit():
                return await self._edit(job, job.operation)
            case _:
                raise Gap(f"has no call to {job.operation.operation}")

    # -- the operations ------------------------------------------------------------------------------------------------
    async def _invite(self, job: Job, operation: Invite) -> Outcome:
        email = operation.email
        found = await self._find(email)
        if found is not None:
            return self._here_already(job, operation, found.person)
        managers = await self._managers(job, email, operation.managers)
        if not job.acted:
            asked = job.asked if isinstance(job.asked, Invite) else operation
            guards.may_be_invited(asked, self._settings, job.overrides)
            guards.not_a_look_alike(email, (await self._everyone()).look_alikes(email), job.overrides)
        groups = await self._group_ids(job, email, operation.groups)
        async with job.facts.seat() if not job.acted else nullcontext(()) as pools:
            guards.free_seats([(email, operation.role)], pools, self._settings, whom=email, overrides=job.overrides)
            said = f"{operation.role.value}{details_of(operation)}"
            if job.dry_run:
                return job.would(self.name, email, f"invite as {said}")

            async def send() -> None:
                ids = await self._created(operation.groups, groups)
                await self.door.invite(operation, ids, managers)

            async def missing() -> str | None:
                found = await self._find(email)
                return "nobody has this address yet" if found is None else not_as_asked(operation, found.person)

            await self._change(job, email, "invite", send, missing)
        return job.outcome(self.name, email, Result.DONE, f"invited as {said}")

    def _here_already(self, job: Job, operation: Invite, person: Person) -> Outcome:
        email = operation.email
        if not job.acted and job.asked != operation:
            raise Gap("she is here already, and it does not show all of what is asked")
        note = "" if person.email == email else f" (it spells it {person.email})"
        if person.status is Status.DEACTIVATED:
            raise OperationFailed(f"is here and deactivated{note}", whom=email, advice="use people reactivate")
        if difference := not_as_asked(operation, person):
            raise OperationFailed(f"is here already{note}, but {difference}", whom=email, advice="use people edit")
        return job.so_already(self.name, email, f"is here with these details{note}")

    async def _deactivate(self, job: Job, operation: Deactivate) -> Outcome:
        person = (await self._get(operation.email)).person
        if person.status is Status.DEACTIVATED:
            return job.so_already(self.name, person.email, "is deactivated")
        known = await self._known(job, person)
        guards.may_lose_access(
            known,
            account=self._settings.email or "",
            protected=self._settings.protected,
            key_owners=self._settings.key_owners,
            overrides=job.overrides,
        )
        if known.admin is None:
            raise _admins_not_shown(person.email)
        async with job.facts.alone() if known.admin else nullcontext():
            if known.admin:
                others = await job.facts.other_admins(known)
                if others is None:
                    raise _admins_not_shown(person.email)
                guards.not_the_last_admin(known, others)
            if job.dry_run:
                return job.would(self.name, person.email, "deactivate; " + REVIEW)
            await self._set_active(job, person.email, False)
        return job.outcome(self.name, person.email, Result.DONE, "deactivated; " + REVIEW)

    async def _reactivate(self, job: Job, operation: Reactivate) -> Outcome:
        person = (await self._get(operation.email)).person
        if person.status is Status.ACTIVE:
            return job.so_already(self.name, person.email, "is not deactivated")
        guards.scim_managed(await self._known(job, person), job.overrides)
        async with job.facts.seat() as pools:
            taker = (person.email, person.role)
            guards.free_seats([taker], pools, self._settings, whom=person.email, overrides=job.overrides)
            if job.dry_run:
                return job.would(self.name, person.email, "reactivate")
            await self._set_active(job, person.email, True)
        return job.outcome(self.name, person.email, Result.DONE, "reactivated")

    async def _set_active(self, job: Job, email: str, active: bool) -> None:
        async def send() -> None:
            await self.door.set_active(await self._get(email), active)

        async def missing() -> str | None:
            found = await self._find(email)
            if found is None:
                return "nobody has this address any more"
            is_so = (found.person.status is Status.ACTIVE) == active
            return None if is_so else f"she is {'still deactivated' if active else 'not deactivated'}"

        await self._change(job, email, "reactivate" if active else "deactivate", send, missing)

    async def _edit(self, job: Job, operation: Edit) -> Outcome:
        email = operation.email
        person = (await self._get(email)).person
        left = open_wishes(operation, person)
        if not left:
            return job.so_already(self.name, email, "is so")
        known = await self._known(job, person)
        guards.scim_managed(known, job.overrides)
        guards.grants_admin(email, operation.role, job.overrides, already=known.admin)
        if (operation.first_name is None) != (operation.last_name is None) and person.first_name is None:
            raise Gap(f"holds her name in one piece ('{person.shown_name or ''}')")
        await self._managers(job, email, operation.add_managers)
        groups = await self._group_ids(job, email, operation.add_groups)
        if job.dry_run:
            return job.would(self.name, email, f"change: {'; '.join(left)}")

        async def send() -> None:
            await self._created(operation.add_groups, groups)
            ids = await self.known_groups(operation.remove_groups)
            await self.door.edit(operation, await self._get(email), ids)

        async def missing() -> str | None:
            found = await self._find(email)
            if found is None:
                return "nobody has this address any more"
            return "; ".join(not_yet(operation, found.person)) or None

        await self._change(job, email, "edit", send, missing)
        return job.outcome(self.name, email, Result.DONE, f"changed: {'; '.join(left)}")

    # -- acting --------------------------------------------------------------------------------------------------------
    async def _change(
        self,
        job: Job,
        email: str,
        what: str,
        send: Callable[[], Awaitable[None]],
        missing: Callable[[], Awaitable[str | None]],
    ) -> None:
        """Sends, then reads back until the effect is there; after a lost answer looks before it sends again.

        Raises OperationFailed where the service says no and nothing changed, EffectUnknown where the wanted state could
        not be read back, and DoorShut; `job.acted` then tells whether something may have been sent.
        """
        if job.acted and await self._wait(missing, min(self._settings.timeout, _DOUBT_SECONDS)) is None:
            return
        for attempt in range(1, _TRIES + 1):
            await job.about_to_send(email)
            before, job.acted = job.acted, True
            lost: AnswerLost | None = None
            rejected: Rejected | None = None
            try:
                await send()
            except AnswerLost as error:
                lost = error
            except Rejected as error:
                # Having sent it before, "exists already" may be said of our own: it is looked for all the same.
                rejected = error
            except DoorShut:
                job.acted = before  # that is how a door says that it did nothing
                raise
            patience = self._settings.timeout
            if lost is not None or rejected is not None:
                patience = 0 if rejected is not None and not before else min(patience, _DOUBT_SECONDS)
            difference = await self._wait(missing, patience)
            if difference is None:
                return
            if rejected is not None:
                raise OperationFailed(rejected.message, whom=email, seen=difference)
            if lost is None or attempt == _TRIES:
                raise EffectUnknown(
                    f"sent to {self.name} to {what}, but it does not show it",
                    whom=email,
                    seen=f"{difference}; {lost}" if lost is not None else difference,
                )

    async def _wait(self, missing: Callable[[], Awaitable[str | None]], seconds: float) -> str | None:
        """What is missing once the time is over; None as soon as nothing is."""
        until, pause = monotonic() + seconds, _FIRST_PAUSE
        while (difference := await missing()) is not None and monotonic() < until:
            await asyncio.sleep(min(pause, max(0.0, until - monotonic())))
            pause = min(2 * pause, _LONGEST_PAUSE)
        return difference

    # -- reading -------------------------------------------------------------------------------------------------------
    async def _find(self, email: str) -> Found | None:
        """The one person with exactly this address, read afresh.

        Services compare the case of letters, which makes no other person: for another spelling everybody is looked
        through, who was read once.
        """
        found = [each for each in await self.door.search(email) if same_address(each.person.email, email)]
        if not found and (other := (await self._everyone()).find(email)) is not None and other.email != email:
            found = [each for each in await self.door.search(other.email) if same_address(each.person.email, email)]
        guards.single_match(email, [each.person for each in found])
        return found[0] if found else None

    async def _get(self, email: str) -> Found:
        found = await self._find(email)
        if found is not None:
            return found
        twins = (await self._everyone()).look_alikes(email)
        if twins:
            raise Refused(
                f"nobody has this address, but it looks like {', '.join(twins)}; which is never taken for the person",
                Guard.LOOK_ALIKE,
                whom=email,
                advice="if one of them is meant, give that address exactly; no override makes one of the other",
            )
        raise PersonNotFound("nobody here has this address", whom=email, advice="check the spelling")

    async def _everyone(self) -> Register:
        async with self._reading:
            if self._register is None:
                self._register = Register(await self.everybody())
            return self._register

    async def _known(self, job: Job, person: Person) -> Person:
        """The person with what guards ask and this service does not show."""
        writes_all = self.door.replaces_managers and self.door.put_needed(job.operation)
        other = await job.facts.about(person.email, managers=writes_all)
        managers = other.managers if other is not None else None
        if writes_all and (managers is None or len(managers) > 1):
            count = "it is not known how many managers she has" if managers is None else f"she has {len(managers)}"
            raise Gap(f"has room for one manager, and {count}")
        if other is None:
            return person
        return person.model_copy(
            update={"role": other.role, "is_admin": other.admin, "scim_managed": other.scim_managed}
        )

    # -- groups and managers -------------------------------------------------------------------------------------------
    async def known_groups(self, wanted: Sequence[str]) -> dict[str, int]:
        """The ids of all groups known, asked for anew where one that is wanted is not among them."""
        async with self._reading:
            if not self._groups.keys() >= set(wanted):
                self._groups = await self.door.groups()
            return self._groups

    async def _group_ids(self, job: Job, email: str, wanted: Sequence[str]) -> dict[str, int]:
        known = await self.known_groups(wanted) if wanted else {}
        for group in wanted:
            guards.known_group(email, group, group in known, job.overrides)
        return known

    async def _created(self, wanted: Sequence[str], known: Mapping[str, int]) -> list[int]:
        """The ids of groups, of which those are made first that are not known: a guard was lifted for them."""
        for group in wanted:
            if group not in known and group not in await self.known_groups([group]):
                await self.door.create_group(group)
        ids = await self.known_groups(wanted) if wanted else {}
        if missing := [group for group in wanted if group not in ids]:
            raise Rejected(f"{self.name} does not show the group '{missing[0]}' after it was made")
        return [ids[group] for group in wanted]

    async def _managers(self, job: Job, email: str, wanted: Sequence[str]) -> list[Found]:
        """The managers, who must be here and not deactivated. Raises Gap for one to be invited by an override."""
        managers = []
        for manager in wanted:
            found = await self._find(manager)
            if found is None:
                if address_key(manager) in job.also and job.dry_run:
                    continue
                guards.known_manager(email, manager, False, job.overrides)
                raise Gap(f"invites no manager who is not here ({manager})")
            if found.person.status is Status.DEACTIVATED:
                raise OperationFailed(f"the manager {manager} is deactivated", whom=email)
            managers.append(found)
        return managers


def _admins_not_shown(email: str) -> Refused:
    return Refused(
        "no tier that is open shows whether this is the last admin",
        Guard.LAST_ADMIN,
        whom=email,
        advice="name console or rest in WORKRAMP_TIERS, with its credentials",
    )


def _name(person: Person) -> str:
    return (person.shown_name or f"{person.first_name or ''} {person.last_name or ''}").casefold()
