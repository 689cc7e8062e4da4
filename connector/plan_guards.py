"""What the guards say to each item of a plan already now. They are asked again when the plan is carried out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from connector import guards
from connector.addresses import address_key, look_alike, look_alike_key, same_address, why_malformed
from connector.errors import Refused
from connector.models import NEVER_LIFTED, Guard, Invite, Role, Status
from connector.plan_cases import Case, Situation
from connector.plan_models import Action, Verdict


@dataclass
class Judge:
    """Asks about each case by itself; what depends on others is found out afterwards (`connector/plan.py`)."""

    situation: Situation
    cases: Sequence[Case]

    def judge(self) -> None:
        """Asks every guard."""
        for case in self.cases:
            if case.action is Action.DEACTIVATE:
                self._judge_leaver(case)
            elif case.invite is not None:
                self._judge_newcomer(case, case.invite)
            elif case.action is not Action.LEAVE:
                self._judge_changed(case)
        if self.situation.options.deactivate_missing:
            self._judge_absence()
        self._judge_admins()
        self._brake()

    def _ask(self, case: Case, *checks: Callable[[Collection[Guard]], None]) -> None:
        """What checks say against a case. Each gets the guards that it may pass over, once they have spoken."""
        for check in checks:
            lifted: tuple[Guard, ...] = ()
            while True:
                try:
                    check(lifted)
                    break
                except Refused as refusal:
                    guard = refusal.guard
                    can = guard is not None and guard in self.situation.options.overrides and guard not in NEVER_LIFTED
                    case.verdicts.append(Verdict(guard=guard, message=refusal.message, lifted=can, saw=refusal.saw))
                    if guard is None or not can:
                        break
                    lifted = (*lifted, guard)

    def _judge_leaver(self, case: Case) -> None:
        person = case.person
        assert person is not None
        self._ask(
            case,
            lambda lifted: guards.may_lose_access(
                person,
                account=self.situation.account,
                protected=self.situation.settings.protected,
                key_owners=self.situation.settings.key_owners,
                overrides=lifted,
            ),
        )

    def _judge_newcomer(self, case: Case, invite: Invite) -> None:
        twins = [
            other
            for other in self.situation.looks.get(look_alike_key(invite.email), ())
            if look_alike(invite.email, other)
        ]
        self._ask(
            case,
            lambda lifted: guards.may_be_invited(invite, self.situation.settings, lifted),
            lambda lifted: guards.not_a_look_alike(invite.email, twins, lifted),
        )
        self._judge_groups(case, invite.groups)
        self._judge_self(case, invite.managers)

    def _judge_changed(self, case: Case) -> None:
        person, edit = case.person, case.edit
        assert person is not None
        self._ask(case, lambda lifted: guards.scim_managed(person, lifted))
        if edit is None:
            return
        self._ask(case, lambda lifted: guards.grants_admin(person.email, edit.role, lifted, already=person.admin))
        self._judge_groups(case, edit.add_groups)
        self._judge_self(case, edit.add_managers)

    def _judge_groups(self, case: Case, groups: Sequence[str]) -> None:
        known = self.situation.reading.groups
        if known is None:
            return
        for group in groups:
            self._ask(case, lambda lifted, group=group: guards.known_group(case.email, group, group in known, lifted))  # type: ignore[misc]

    def _judge_self(self, case: Case, managers: Sequence[str]) -> None:
        if any(same_address(case.email, manager) for manager in managers):
            case.verdicts.append(Verdict(message="nobody is her own manager"))

    def _judge_absence(self) -> None:
        """Whether somebody who is not in the roster may be meant by a row of it all the same."""
        here, rows = self.situation.here, self.situation.roster.rows
        looks = {look_alike_key(row.email): row.email for row in rows if address_key(row.email) not in here}
        newcomers: dict[str, list[Case]] = defaultdict(list)
        for case in self.cases:
            if case.invite is not None:
                newcomers[_whole(case.invite.first_name, case.invite.last_name)].append(case)
        told: set[str] = set()
        unreadable = sum(why_malformed(row.email) is not None for row in self.situation.roster.bad_rows)
        for case in self.cases:
            if case.line is not None or case.person is None or case.person.status is Status.DEACTIVATED:
                continue
            twin = looks.get(look_alike_key(case.email))
            if twin is not None:
                self._flag(case, f"{twin} in the roster looks like this address")
            person = case.person
            name = _whole(person.first_name, person.last_name) or _whole(person.said_name)
            if name and (others := newcomers.get(name)):
                # One is named for all: of a name that many have, each would be told beside each.
                asked = "an address that changed, or a namesake?"
                self._flag(case, f"{others[0].email} in the roster has the same name and is not here: {asked}")
                for other in others if name not in told else ():
                    self._flag(other, f"{case.email}, who is not in the roster, has the same name: {asked}")
                told.add(name)
            if unreadable and case.action is Action.DEACTIVATE:
                said = "1 row has" if unreadable == 1 else f"{unreadable} rows have"
                case.verdicts.append(Verdict(message=f"{said} no readable address, and may mean this person"))

    def _flag(self, case: Case, message: str) -> None:
        lifted = Guard.LOOK_ALIKE in self.situation.options.overrides
        saw = guards.seen(message)
        case.verdicts.append(Verdict(guard=Guard.LOOK_ALIKE, message=message, lifted=lifted, saw=saw))

    def _judge_admins(self) -> None:
        """The last admin stays one: leavers are asked first, since they go first."""
        told = any(person.admin is not None for person in self.situation.reading.people)
        admins = {
            address_key(person.email)
            for person in self.situation.reading.people
            if person.admin and person.status is Status.ACTIVE
        }
        in_order = sorted(self.cases, key=lambda case: case.action is not Action.DEACTIVATE)
        for case in in_order:
            person = case.person
            if person is None or not person.admin or not told:
                continue
            others = len(admins - {case.key})
            if case.action is Action.DEACTIVATE:
                self._ask(case, lambda _, p=person, n=others: guards.not_the_last_admin(p, n))  # type: ignore[misc]
            elif case.edit is not None and case.edit.role not in (None, Role.ADMIN):
                role = case.edit.role
                self._ask(
                    case,
                    lambda _, p=person, n=others, r=role: guards.keeps_an_admin(
                        p, r, n, account=self.situation.account
                    ),  # type: ignore[misc]
                )
            else:
                continue
            if not case.refused:
                admins.discard(case.key)

    def _brake(self) -> None:
        """Stops all deactivations where a roster is much smaller than the last one, or where too many lose access."""
        leavers = [case for case in self.cases if case.action is Action.DEACTIVATE and not case.refused]
        missing = [case for case in leavers if case.line is None]
        if missing and self.situation.last_people is not None:
            last = self.situation.last_people
            for case in missing:
                self._ask(
                    case,
                    lambda lifted: guards.shrunken_roster(
                        len(self.situation.named), last, self.situation.settings, lifted
                    ),
                )
        leavers = [case for case in leavers if not case.refused]
        active = sum(person.status is not Status.DEACTIVATED for person in self.situation.reading.people)
        emails = [case.email for case in leavers]
        for case in leavers:
            self._ask(
                case,
                lambda lifted: guards.mass_change(len(emails), active, self.situation.settings, lifted, emails),
            )


def _whole(*names: str | None) -> str:
    return " ".join(" ".join(filter(None, names)).split()).casefold()
