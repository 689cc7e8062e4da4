"""Who is here, for many questions at once: asked person by person, or read in one go where that is cheaper."""

from __future__ import annotations

from collections.abc import Sequence

from connector import guards
from connector.actions import directory
from connector.actions.context import Context
from connector.addresses import address_key, look_alike, look_alike_key, same_address
from connector.errors import OperationFailed
from connector.models import Guard, Person, Status

_SEARCHES_EACH = 4
"""About how many searches the questions about one person take: her address, and what looks like it."""


class Register:
    """Everybody as the list shows them, by address and by what an address looks like."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._by_address: dict[str, list[Person]] = {}
        self._by_look: dict[str, list[str]] = {}
        for person in people:
            self._by_address.setdefault(address_key(person.email), []).append(person)
            self._by_look.setdefault(look_alike_key(person.email), []).append(person.email)

    @classmethod
    async def read(cls, context: Context, progress: directory.Progress) -> Register:
        """Reads the whole list, each person once."""
        return cls(await directory.everybody(context, "", progress))

    def find(self, email: str) -> Person | None:
        """The person with exactly this address. Refused where there are several."""
        found = self._by_address.get(address_key(email), [])
        guards.single_match(email, found)
        return found[0] if found else None

    def look_alikes(self, email: str) -> list[str]:
        """Addresses here that could be taken for this one."""
        return sorted(other for other in self._by_look.get(look_alike_key(email), ()) if look_alike(email, other))


class Who:
    """Answers from a register where one was read, else from the console."""

    def __init__(self, context: Context, register: Register | None) -> None:
        self._context = context
        self._register = register

    async def find(self, email: str) -> Person | None:
        """The person with exactly this address, as the list shows her. Refused where there are several."""
        if self._register is not None:
            return self._register.find(email)
        return await directory.find(self._context, email)

    async def look_alikes(self, email: str) -> list[str]:
        """Addresses here that could be taken for this one."""
        if self._register is not None:
            return self._register.look_alikes(email)
        return await directory.look_alikes(self._context, email)


async def who(context: Context, count: int, progress: directory.Progress) -> Who:
    """Somebody to ask about so many people: the way that opens fewer pages."""
    page = await context.people.search("")
    total = await context.people.shown_total()
    pages = 1 if total is None else total / max(len(page.rows), 1)
    return Who(context, await Register.read(context, progress) if pages <= count * _SEARCHES_EACH else None)


async def managers_known(
    context: Context, email: str, managers: Sequence[str], also: Sequence[str] = (), here: Who | None = None
) -> None:
    """Refuses managers who are nobody here, or no longer active. `also` are addresses that are about to be here."""
    here = here or Who(context, None)
    for manager in managers:
        if any(same_address(manager, other) for other in also):
            continue
        if guards.lifts(context.overrides, Guard.UNKNOWN_MANAGER, guards.no_such_manager(manager)):
            continue
        found = await here.find(manager)
        guards.known_manager(email, manager, found is not None, context.overrides)
        if found is not None and found.status is Status.DEACTIVATED:
            raise OperationFailed(f"the manager {manager} is deactivated", whom=email, screen="People")
