"""Reading: one person by her exact address, everybody each once, seats."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from connector import guards
from connector.actions.abreast import abreast
from connector.actions.context import Context
from connector.actions.group_kinds import all_groups, told_apart, united
from connector.actions.matching import unseen_for
from connector.addresses import address_key, look_alike, look_alike_searches, same_address
from connector.errors import ConsoleDrift, LeftOut, PersonNotFound, Refused
from connector.models import Guard, Person, Releasable, SeatPool, Seats, Status
from connector.roster_cells import column_of, role_of, split_list, status_of
from page_objects import words
from page_objects.person_screen import PersonScreen
from page_objects.reading import groups_in, names_offered, says_kinds
from page_objects.rows import Row
from page_objects.seats_screen import SeatsScreen
from page_objects.words import Word

Progress = Callable[[str, int, int | None], None]


async def find(context: Context, email: str) -> Person | None:
    """The one person with exactly this address as her row shows her, or None. Refused where there are several.

    Her row is in view afterwards.
    """

    async def read() -> list[Person]:
        people = context.people
        return [people.person(row) for row in await people.matches(email)]

    found = await context.steadily(read)
    guards.single_match(email, found)
    return found[0] if found else None


async def get(context: Context, email: str) -> Person:
    """The one person with exactly this address. Raises PersonNotFound, which names look-alikes if there are any."""
    person = await find(context, email)
    if person is not None:
        return person
    twins = await look_alikes(context, email)
    if twins:
        raise Refused(
            f"nobody has this address, but it looks like {', '.join(twins)}; which is never taken for the person",
            Guard.LOOK_ALIKE,
            whom=email,
            advice="if one of them is meant, give that address exactly; no override makes one of the other",
        )
    raise PersonNotFound("nobody here has this address", whom=email, screen="People", advice="check the spelling")


async def look_alikes(context: Context, email: str) -> list[str]:
    """Addresses here that a person could take for this one, as far as a few searches bring them up."""
    found: dict[str, str] = {}
    whole: list[str] = []
    for term in sorted(look_alike_searches(email), key=len):
        if any(shorter in term for shorter in whole):
            continue  # whoever has the longer piece was among those with the shorter one
        rows, total = await context.steadily(partial(context.people.glance, term))
        if total == len(rows):
            whole.append(term)
        for row in rows:
            address = context.people.person(row).email
            if look_alike(email, address):
                found[address_key(address)] = address
    return sorted(found.values())


async def details(context: Context, person: Person) -> Person:
    """The same person with everything her own page or drawer tells besides. Her row must be in view."""
    told = await on_her_screen(context, person)
    if told.status is None or told.may_be_invited:
        # What may be done with her tells how she stands: only who is deactivated can be reactivated.
        await in_view(context, told.email)
        told = _standing(told, await context.people.offered(told.email, *_TELLING))
    return told


_TELLING = (words.REACTIVATE, words.RESEND, words.DEACTIVATE)


def _standing(person: Person, offered: Sequence[Word]) -> Person:
    if words.REACTIVATE in offered and words.DEACTIVATE not in offered:
        return person.model_copy(update={"status": Status.DEACTIVATED, "may_be_invited": False})
    if words.RESEND in offered:
        return person.model_copy(update={"status": Status.INVITED, "may_be_invited": False, "never_signed_in": True})
    if words.DEACTIVATE in offered:
        return person.model_copy(update={"status": Status.ACTIVE, "may_be_invited": True})
    return person


async def in_view(context: Context, email: str) -> None:
    """Brings the row of a person into view, where it is not."""
    if await context.people.table.row(email).count() != 1:
        await context.people.matches(email)


async def on_her_screen(context: Context, person: Person) -> Person:
    """The same person with what her own page or drawer tells: names, role, groups, managers. Her row must be in view.

    How she stands, where only her menu tells it, is for `details`. Which groups commas join in one text is for
    `told_apart`, by whoever needs to know: that takes a look at the Groups screen.
    """
    screen: PersonScreen | None = await context.people.open_person(person.email)
    if screen is None:
        return person
    shown = await screen.read()
    if (shown.groups is None or shown.managers is None or shown.admin is None) and await screen.edit_button.is_shown():
        # Some screens show a part only in the form to edit, which is opened, read and left.
        await screen.open_edit()
        shown = merged(shown, await screen.read())
    await screen.leave()
    if not same_address(shown.email, person.email):
        raise ConsoleDrift("her row led to somebody else", whom=person.email, screen="person", seen=shown.email)
    told = merged(shown, person)
    return told.model_copy(update={"managers": None}) if managers_contradict(shown, person) else told


def managers_contradict(shown: Person, listed: Person) -> bool:
    """Whether the list tells of other managers than her own page: then it is not known who they are.

    A list may name only the first of several.
    """
    if shown.managers is None or listed.managers is None:
        return False
    of_page, of_list = ({address_key(each) for each in person.managers or ()} for person in (shown, listed))
    return of_page != of_list and (not of_list or not of_list < of_page)


def merged(first: Person, second: Person) -> Person:
    """What the first tells, and where it tells nothing, or less of the same moment, what the second does."""
    told = {name: value for name, value in second if getattr(first, name) is None}
    if first.groups is not None:
        told |= _with_those_by_rule(first, second)
    elif second.groups_text is not None:
        told["groups_text"] = second.groups_text
    elif second.groups is not None and second.groups_held is not None:
        told |= {"groups": second.groups} | _with_those_by_rule(second, first)  # a form opened from what shows them all
    if _is_rounded(first.last_login, second.last_login):
        told["last_login"] = second.last_login
    if first.shown_name is None:
        told["name_drawn"] = second.name_drawn
    if first.status is None:
        told["may_be_invited"] = second.may_be_invited
    return first.model_copy(update=told)


def _with_those_by_rule(first: Person, second: Person) -> dict[str, object]:
    """The groups of a person of whom a form may tell only those that are set by hand; nothing where more is told."""
    if first.groups_held is None:
        return {"groups_held": None}
    if second.groups is not None:
        return {"groups": united(first.groups_held, second.groups)}
    text = second.groups_text
    if text is None or set(groups_in(text, first.groups_held) or ()) == set(first.groups_held):
        return {}
    return {"groups": None, "groups_text": text}  # for `told_apart`


def _is_rounded(moment: datetime | None, other: datetime | None) -> bool:
    """Whether a moment is only the day, or the minute, of the other: a date without its time is no midnight."""
    if moment is None or other is None or moment == other:
        return False
    minute = other.replace(second=0, microsecond=0)
    return moment in (minute, minute.replace(hour=0, minute=0))


async def show(context: Context, email: str) -> Person:
    """One person with everything the console shows of her."""
    person = await told_apart(context, await details(context, await get(context, email)))
    return person.model_copy(update={"groups_held": None})  # of use to an edit alone


async def describe(context: Context, email: str) -> Person:
    """One person with names, role, groups and managers: what an edit is about. Raises as `get`."""
    return await told_apart(context, await on_her_screen(context, await get(context, email)))


async def everybody(context: Context, search: str, progress: Progress, unread: list[str] | None = None) -> list[Person]:
    """Everybody who matches, each once. Raises ConsoleDrift where the count is not what the console says it is.

    So does a row that does not tell whose it is, unless `unread` is given: what such rows say is added to it then, for
    whoever can say something true of the others.
    """
    return await context.steadily(lambda: context.lane.patiently(lambda: _everybody(context, search, progress, unread)))


async def _everybody(context: Context, search: str, progress: Progress, unread: list[str] | None) -> list[Person]:
    for attempt in (1, 2):
        people = context.people
        found: dict[str, Row] = {}
        each: dict[tuple[str, int], Row] = {}
        untold: dict[str, Row] = {}
        total = None
        async for page in people.everyone(search):
            if total is None:
                total = await people.shown_total()
            here = Counter[str]()
            for row in page.rows:
                if row.email is None and unread is not None:
                    untold[row.text] = row
                else:
                    # As it is spelt: two who differ in the case of a letter are two rows, and told from nobody.
                    address = people.table.address(row)
                    found[address] = row
                    here[address] += 1
                    each[address, here[address]] = row
            progress("reading people", len(found), total)
        before, total = total, await people.shown_total() if total is not None else None
        for row in untold.values() if not found else ():
            people.table.address(row)  # a list that tells of nobody whose rows they are is another list
        if not found and not search:
            # Whoever reads this is signed in, so there is at least one person.
            raise ConsoleDrift(
                "the list of people is empty", screen=context.lane.where("People"), expected="at least the own account"
            )
        rows, read = list(found.values()), len(found) + len(untold)
        if total not in (None, read) and total == before == len(each) + len(untold):
            # A row that comes again on another page, as when the list moves, is the same; side by side they are two.
            rows, read = list(each.values()), total
        if total is None or total == before == read or (not found and await people.says_nobody()):
            if unread is not None:
                unread[:] = untold
            return await _read_with_groups(context, rows)
        context.lane.step(f"read {read} people where {total} are said to be; reading {attempt + 1}")
    raise ConsoleDrift(
        "the list of people could not be read completely",
        screen=context.lane.where("People"),
        expected=f"{total} people, as the screen says",
        seen=f"{read} different addresses, twice",
        advice="somebody may be changing the list: try again; else report it with the evidence",
    )


async def _read_with_groups(context: Context, rows: list[Row]) -> list[Person]:
    """The people of the rows. Where commas may belong to a group's name, the names are looked up.

    In the form to invite, and where that does not offer all of them, in the list of groups.
    """
    people = context.people

    def now() -> list[Person]:
        return _with_statuses([people.person(row) for row in rows])

    def untold(read: list[Person]) -> bool:
        return any(p.groups is None and "groups" in r.cells for p, r in zip(read, rows, strict=True))

    if untold(read := now()) and not context.lane.known_groups:
        await _names_offered(context)
        read = now()
    lane = context.lane
    doubtful = lane.known_groups and not lane.groups_listed and any(says_kinds(row.cells.get("groups")) for row in rows)
    if doubtful or any(person.groups is None and person.groups_text is not None for person in read):
        await all_groups(context)
        read = now()
    return read


_HINT_SECONDS = 5.0
"""The longest that a form is waited for which only helps to read a list."""


async def _names_offered(context: Context) -> None:
    """Takes in the names of the groups that the form to invite offers."""
    try:
        form = await context.people.open_invite(_HINT_SECONDS)
        try:
            if await form.groups.is_shown():
                context.lane.known_groups.update(names_offered(await form.groups.options()))
        finally:
            await form.leave()
    except ConsoleDrift as drift:
        # What a list of people does not tell apart is told to be unknown; nobody needs the form to read the list.
        context.lane.step(f"the names of groups are not told apart: {drift.message}")


def _with_statuses(people: list[Person]) -> list[Person]:
    """Older help center: there is no status column, and 'Reactivate' stands in the rows of those it is meant for.

    Where some rows offer it, the others are not deactivated; where none does, nothing is told. In the same way, where
    some are marked as invited, those who are not have accepted.
    """
    if any(person.status is Status.INVITED for person in people):
        accepted = {"may_be_invited": False}
        people = [person.model_copy(update=accepted) if person.may_be_invited else person for person in people]
    if not any(person.status is Status.DEACTIVATED for person in people) or any(
        person.status not in (None, Status.DEACTIVATED, Status.INVITED) for person in people
    ):
        return people
    active = {"status": Status.ACTIVE, "may_be_invited": True}
    return [each if each.status or each.status_unread else each.model_copy(update=active) for each in people]


def require_all_told(found: Sequence[Any], unread: Sequence[str], others: LeftOut | None = None) -> None:
    """Raises LeftOut, which has what was found, where rows do not tell whose they are.

    `others`: what leaves out others already.
    """
    if not unread:
        if others is not None:
            raise others
        return
    rows = "1 row" if len(unread) == 1 else f"{len(unread)} rows"
    told = f"left out, as the list does not tell whose they are: {rows}"
    said = [f"{each.message}; {each.seen}" for each in (others,) if each is not None]
    raise LeftOut(
        "; ".join([told, *said]),
        found,
        screen="People",
        seen="; ".join(unread),
        advice="look at them by hand; this is what the others tell",
    )


async def free_seats(context: Context, *, anew: bool = False) -> tuple[SeatPool, ...]:
    """The pools as the People screen, which must be open, states them, else as a screen of their own does.

    The People screen is open afterwards. `anew`: look for such a screen also where there was none the last time, and
    where the People screen tells internal seats alone, or external ones, of which the others must be told elsewhere.
    """
    pools = await context.people.seats()
    screen = SeatsScreen(context.lane)
    of_one_kind = {pool.name for pool in pools} in ({"internal"}, {"external"})
    if (pools and not (anew and of_one_kind)) or not screen.may_be(anew=anew):
        return pools
    pools = await screen.seats(more_than=pools)
    await context.people.open()
    return pools


@asynccontextmanager
async def seats_to_take(context: Context) -> AsyncIterator[tuple[SeatPool, ...]]:
    """The pools, for one who takes a seat until the end of the block, where it must have been read back.

    Where so few are free that several lanes could take the same one, only one lane at a time is in here, and reads them
    afresh.
    """
    pools = await free_seats(context)
    lanes = context.console.lanes
    if lanes == 1 or all(pool.free is None or pool.free >= 2 * lanes for pool in pools):
        yield pools
        return
    async with context.console.one_by_one:
        await context.people.open()
        yield await free_seats(context)


async def seats(
    context: Context, not_seen_for: int, progress: Progress, everyone: Sequence[Person] | None = None
) -> Seats:
    """Seat use, and which active people never signed in or were not seen for so many days.

    Raises LeftOut, which has it of all others, where rows do not tell whose they are.

    `everyone`: all people as they were read a moment ago; None reads them.
    """
    unread: list[str] = []
    if everyone is None:
        everyone = await everybody(context, "", progress, unread)
    else:
        await context.people.open()
    pools = await free_seats(context, anew=True)
    releasable = []
    untold = []
    for person in everyone:
        if person.status is not Status.ACTIVE or same_address(person.email, context.account):
            continue
        unseen = unseen_for(person, not_seen_for)
        if unseen is None:
            untold.append(person.email)
        if person.never_signed_in and person.last_login is None:
            releasable.append(Releasable(email=person.email, reason="never signed in"))
        elif unseen:
            reason = f"not seen for {not_seen_for} days"
            releasable.append(Releasable(email=person.email, reason=reason, last_login=person.last_login))
    releasable.sort(key=lambda r: (r.last_login is not None, r.last_login or datetime.min.replace(tzinfo=UTC), r.email))
    told = Seats(pools=pools, releasable=tuple(releasable), untold=tuple(untold))
    require_all_told([told], unread)
    return told


async def other_active_admins(context: Context, person: Person, progress: Progress) -> int | None:
    """How many other active admins there are; None where this person is no admin.

    The account that is signed in is one, if its row says so; only else is everybody looked through.
    """
    if person.admin is False:
        return None
    if not same_address(person.email, context.account):
        own = await find(context, context.account)
        if own is not None and own.admin and own.status is Status.ACTIVE:
            return 1
    unread: list[str] = []
    everyone = await everybody(context, "", progress, unread)
    if all(other.admin is None for other in everyone):
        return None
    others = sum(
        bool(other.admin) and other.status is Status.ACTIVE and not same_address(other.email, person.email)
        for other in everyone
    )
    if unread and not others:
        raise ConsoleDrift(
            "whether there is another active admin cannot be told: a row does not tell whose it is",
            whom=person.email,
            screen=context.lane.where("People"),
            expected="one e-mail address in the Email or Name column",
            seen="; ".join(unread),
        )
    return others


async def complete(
    context: Context, people: list[Person], progress: Progress, named: Collection[str] | None = None
) -> list[Person]:
    """The same people with groups and managers: by the console's own export where it has one, else by their own pages.

    `named`: of these alone, by `address_key`; None: of everybody. Of several who have one address nothing more is read.
    """
    several = {key for key, number in Counter(address_key(person.email) for person in people).items() if number > 1}
    asked = {address_key(person.email) for person in people} if named is None else set(named)
    sought = [person for person in people if address_key(person.email) in asked - several]
    lacking = [person for person in sought if None in (person.groups, person.managers) or not person.first_name]
    if not lacking:
        return people
    with tempfile.TemporaryDirectory(prefix="workramp-") as folder:
        path = await context.people.export(Path(folder))
        exported = _exported(path) if path is not None else {}
    completed = {address_key(person.email): person for person in sought}
    if all(key in exported for key in completed):
        completed = {key: merged(_with_names(each, exported[key]), each) for key, each in completed.items()}
    else:
        unread = [person for person in sought if None in (person.groups, person.managers, person.first_name)]
        doing = "reading each person"
        told = await abreast(context, unread, _completed, lambda done: progress(doing, done, len(unread)), doing=doing)
        completed |= {address_key(person.email): each for person, each in zip(unread, told, strict=True)}
    return [completed.get(address_key(person.email), person) for person in people]


async def _completed(context: Context, person: Person) -> Person:
    await context.people.matches(person.email)
    # Whether an invitation is open makes no difference to a roster: her menu is not opened for it.
    told = await (details if person.status is None else on_her_screen)(context, person)
    return await told_apart(context, told)


def _with_names(person: Person, exported: Person) -> Person:
    """The export knows names, groups and managers whole; status and last login are the list's."""
    told = {
        name: value
        for name in ("first_name", "last_name", "groups", "managers", "role")
        if (value := getattr(exported, name)) is not None
    }
    return person.model_copy(update=told)


def _exported(path: Path) -> dict[str, Person]:
    """People by address from the console's own CSV; columns are found by their usual names, others ignored."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    if not rows:
        return {}
    columns = [column_of(cell) for cell in rows[0]]
    found: dict[str, Person] = {}
    for row in rows[1:]:
        cells = {name: cell.strip() for name, cell in zip(columns, row, strict=False) if name}
        if "@" not in (email := cells.get("Email", "")):
            continue
        found[address_key(email)] = Person(
            email=email,
            first_name=cells.get("First name"),
            last_name=cells.get("Last name"),
            role=role_of(cells.get("Role", "")),
            status=status_of(cells.get("Status", "")),
            groups=tuple(split_list(cells["Groups"])) if "Groups" in cells else None,
            managers=tuple(split_list(cells["Managers"])) if "Managers" in cells else None,
        )
    return found
