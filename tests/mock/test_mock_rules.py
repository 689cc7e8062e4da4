"""The directory's rules as a state machine: asked in whichever order, it does what a second telling of the rules says.

The model here knows people, roles, statuses and seats by address, and was written from the facts that the directory
names at its top; it shares nothing with the directory's code.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from fixtures.mock_console.directory import Directory
from fixtures.mock_console.people import Draft, Person
from fixtures.mock_console.rules import Refused

ADMIN = "connector@northwind.example"
NEWCOMERS = [f"{name}@northwind.example" for name in ("ada", "Ada", "bo", "cy", "dee", "eve")]
ROLES = ["learner", "manager", "admin", "content_creator"]


@dataclass
class Known:
    """One person as the model has her."""

    email: str
    status: str
    role: str
    groups: set[str] = field(default_factory=set)
    managers: set[str] = field(default_factory=set)


class Rules(RuleBasedStateMachine):
    """People come, go, come back and change, in any order."""

    @initialize(spare=st.integers(0, 9))
    def begin(self, spare: int) -> None:
        self.directory = Directory(people=30, seed=3)
        counts = Counter(person.status.value for person in self.directory.everybody())
        # Some begin with fewer seats than active and invited people would take together.
        self.directory.seats_total = counts["active"] + spare
        self.people = {self.key(person.email): self.shown(person) for person in self.directory.everybody()}
        self.mails: list[tuple[str, str]] = [(mail.to, mail.kind) for mail in self.directory.mails]

    @staticmethod
    def key(email: str) -> str:
        return email.casefold()

    def shown(self, person: Person) -> Known:
        managers = {self.key(email) for email in self.directory.manager_emails(person)}
        return Known(person.email, person.status.value, person.role.value, set(person.groups), managers)

    def of(self, *statuses: str) -> list[Known]:
        return [known for known in self.people.values() if known.status in statuses]

    def room(self) -> int:
        """How many more may be invited: each who is invited may activate."""
        return self.directory.seats_total - len(self.of("active", "invited"))

    def last_admin(self, known: Known) -> bool:
        others = [each for each in self.of("active") if each.role == "admin" and each is not known]
        return known.role == "admin" and not others

    def tried(self, allowed: bool, work: object) -> bool:
        """Does it; whether it was done is what the rules say."""
        assert callable(work)
        before = len(self.directory.events)
        try:
            work()
        except Refused:
            assert not allowed, "the directory refuses what the rules allow"
            assert len(self.directory.events) == before, "what is refused leaves no event"
            return False
        assert allowed, "the directory does what the rules forbid"
        return True

    def named(self, managers: set[str]) -> None:
        """Being somebody's manager makes a person a Manager; an unknown one is invited."""
        for manager in sorted(managers):
            known = self.people.get(self.key(manager))
            if known is None:
                self.people[self.key(manager)] = Known(manager, "invited", "manager")
                self.mails.append((manager, "invitation"))
            elif known.role == "learner":
                known.role = "manager"

    # -- what is asked ------------------------------------------------------------------------------------------------
    @rule(
        email=st.sampled_from(NEWCOMERS),
        role=st.sampled_from(ROLES),
        manager=st.sampled_from([None, *NEWCOMERS, "priya.raman@northwind.example"]),
        groups=st.sets(st.sampled_from(["Engineering", "Brand New"])),
    )
    def invite(self, email: str, role: str, manager: str | None, groups: set[str]) -> None:
        managers = {manager} if manager else set()
        unknown = {self.key(one) for one in managers if self.key(one) not in self.people} - {self.key(email)}
        allowed = (
            self.key(email) not in self.people
            and self.key(email) not in map(self.key, managers)
            and self.room() >= 1 + len(unknown)
        )
        draft = Draft(
            email=email, first_name="New", last_name="Hire", role=role, groups=tuple(groups), managers=tuple(managers)
        )
        if self.tried(allowed, lambda: self.directory.invite(ADMIN, draft)):
            self.people[self.key(email)] = Known(email, "invited", role, groups, {self.key(one) for one in managers})
            self.mails.append((email, "invitation"))
            self.named(managers)

    def _one(self, data: st.DataObject) -> Known:
        return self.people[data.draw(st.sampled_from(sorted(self.people)))]

    def _id(self, known: Known) -> int:
        person = self.directory.by_email(known.email)
        assert person is not None
        return person.id

    @rule(data=st.data())
    def deactivate(self, data: st.DataObject) -> None:
        known = self._one(data)
        allowed = known.status != "deactivated" and known.email != ADMIN and not self.last_admin(known)
        if self.tried(allowed, lambda: self.directory.deactivate(ADMIN, self._id(known))):
            known.status = "deactivated"

    @rule(data=st.data())
    def reactivate(self, data: st.DataObject) -> None:
        known = self._one(data)
        allowed = known.status == "deactivated" and len(self.of("active")) < self.directory.seats_total
        if self.tried(allowed, lambda: self.directory.reactivate(ADMIN, self._id(known))):
            known.status = "active"

    @rule(data=st.data())
    def resend(self, data: st.DataObject) -> None:
        known = self._one(data)
        if self.tried(known.status == "invited", lambda: self.directory.resend(ADMIN, self._id(known))):
            self.mails.append((known.email, "reminder"))

    @rule(data=st.data(), role=st.sampled_from(ROLES))
    def change_role(self, data: st.DataObject, role: str) -> None:
        known = self._one(data)
        allowed = role == known.role or (known.email != ADMIN and not self.last_admin(known))
        if self.tried(allowed, lambda: self.directory.edit(ADMIN, self._id(known), role=role)):
            known.role = role

    # -- what holds always --------------------------------------------------------------------------------------------
    @invariant()
    def everybody_is_as_the_rules_say(self) -> None:
        if not hasattr(self, "directory"):
            return
        shown = {self.key(person.email): self.shown(person) for person in self.directory.everybody()}
        dynamic = "Contractors"
        for known in (*shown.values(), *self.people.values()):
            known.groups.discard(dynamic)
        assert shown == self.people

    @invariant()
    def every_mail_is_one_that_was_due(self) -> None:
        if hasattr(self, "directory"):
            assert Counter((mail.to, mail.kind) for mail in self.directory.mails) == Counter(self.mails)

    @invariant()
    def somebody_is_an_admin_and_seats_are_not_overdrawn(self) -> None:
        if hasattr(self, "directory"):
            active = self.of("active")
            assert any(known.role == "admin" for known in active)
            assert len(active) <= self.directory.seats_total


TestRules = Rules.TestCase
TestRules.settings = settings(max_examples=40, stateful_step_count=30, derandomize=True)
