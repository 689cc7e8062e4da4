"""The caveats as checks that run before anything is clicked. Each raises Refused, or lets pass.

Sources: the caveats of the user-management guide (docs/facts.md). `overrides` are the guards that are lifted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence

from connector import seats
from connector.addresses import address_key, look_alike, same_address
from connector.errors import Refused
from connector.guard_log import judges, note
from connector.models import NEVER_LIFTED, Guard, Invite, Objection, Person, Role, SeatPool
from connector.settings import Settings

Overrides = Collection[Guard]


class Approved(frozenset[Guard]):
    """The guards that are lifted for one operation: some outright, and some by an approval of what they saw.

    It holds them all; one that is approved still speaks where it sees something else than was approved.
    """

    outright: frozenset[Guard]
    seen: frozenset[tuple[Guard, str]]

    def __new__(cls, outright: Iterable[Guard], objections: Iterable[Objection]) -> Approved:
        """`outright` by `--override`; `objections` as they were approved."""
        plain, seen = frozenset(outright), frozenset((each.guard, each.saw) for each in objections)
        made = super().__new__(cls, plain | {guard for guard, _ in seen})
        made.outright, made.seen = plain, seen
        return made


def lifting(overrides: Overrides, guard: Guard) -> Overrides:
    """The same with one guard more that is lifted outright."""
    if not isinstance(overrides, Approved):
        return {*overrides, guard}
    approved = [Objection(guard=each, message="", saw=saw) for each, saw in overrides.seen]
    return Approved(overrides.outright | {guard}, approved)


def seen(text: str) -> str:
    """What a guard saw, as a digest: SHA-256 in hexadecimal. Nothing of it can be read there."""
    return hashlib.sha256(text.encode()).hexdigest()


def lifts(overrides: Overrides, guard: Guard, saw: str) -> bool:
    """Whether a guard that saw this is lifted."""
    if guard in NEVER_LIFTED:
        return False
    if isinstance(overrides, Approved) and guard not in overrides.outright:
        return (guard, saw) in overrides.seen
    return guard in overrides


def refuse(guard: Guard, message: str, *, whom: str, overrides: Overrides, saw: str | None = None) -> None:
    """Raises Refused unless the guard can be lifted and the operator lifts it.

    `saw` is the digest of what the guard saw, where the message says it with numbers or words that may change by
    themselves.
    """
    saw = seen(message) if saw is None else saw
    if lifts(overrides, guard, saw):
        outright = not isinstance(overrides, Approved) or guard in overrides.outright
        note(guard, "lifted" if outright else "approved", message, whom)
        return
    note(guard, "refused", message, whom)
    if guard in NEVER_LIFTED:
        raise Refused(message, guard, whom=whom)
    raise Refused(
        message, guard, whom=whom, saw=saw, advice=f"if this is what you want, repeat with --override {guard.value}"
    )


@judges(Guard.AMBIGUOUS_MATCH)
def single_match(email: str, found: Sequence[Person]) -> None:
    """Refuses where several people have one address: nobody can be told from the other."""
    if len(found) > 1:
        shown = ", ".join(f"{_name(person)} <{person.email}>" for person in found)
        refuse(Guard.AMBIGUOUS_MATCH, f"{len(found)} people have this address: {shown}", whom=email, overrides=())


@judges(Guard.OWN_ACCOUNT, Guard.PROTECTED, Guard.KEY_OWNER)
def may_lose_access(
    person: Person,
    *,
    account: str,
    protected: Iterable[str],
    overrides: Overrides,
    key_owners: Iterable[str] = (),
) -> None:
    """Checks before a deactivation: not the own account, nobody protected, no owner of API keys, nobody of SCIM's."""
    whom = person.email
    if same_address(whom, account):
        refuse(Guard.OWN_ACCOUNT, "this is the account the connector itself signs in with", whom=whom, overrides=())
    if any(same_address(whom, address) for address in protected):
        refuse(Guard.PROTECTED, "this address is protected (WORKRAMP_PROTECTED)", whom=whom, overrides=())
    if any(same_address(whom, address) for address in key_owners):
        refuse(
            Guard.KEY_OWNER,
            "this address owns API keys (WORKRAMP_KEY_OWNERS), which stop working with the account",
            whom=whom,
            overrides=overrides,
        )
    scim_managed(person, overrides)


@judges(Guard.LAST_ADMIN)
def not_the_last_admin(person: Person, other_admins: int | None) -> None:
    """Refuses where there is no other active admin. None: this person is no admin, or the console shows no roles."""
    if other_admins == 0:
        refuse(Guard.LAST_ADMIN, "this is the last active admin", whom=person.email, overrides=())


@judges(Guard.SCIM_MANAGED)
def scim_managed(person: Person, overrides: Overrides) -> None:
    """People that SCIM manages are changed in the identity provider: a change here may be undone by the next sync."""
    if person.scim_managed:
        refuse(
            Guard.SCIM_MANAGED,
            "SCIM manages this person: make the change in the identity provider, or the sync may undo it",
            whom=person.email,
            overrides=overrides,
        )


@judges(Guard.KEY_OWNER)
def owns_keys(email: str, said: str, overrides: Overrides) -> None:
    """Refuses where the console says, in these words, that API keys of hers stop working with the account."""
    refuse(
        Guard.KEY_OWNER,
        f"the console says that this person owns API keys, which stop working with the account: '{said}'",
        whom=email,
        overrides=overrides,
        saw=seen("the console says that this person owns API keys"),
    )


def keeps_an_admin(person: Person, role: Role | None, other_admins: int | None, *, account: str) -> None:
    """Refuses to take the admin role from the last admin, or from the connector's own account."""
    if not person.admin or role in (None, Role.ADMIN):
        return
    if same_address(person.email, account):
        refuse(Guard.OWN_ACCOUNT, "the connector's own account must stay an admin", whom=person.email, overrides=())
    not_the_last_admin(person, other_admins)


@judges(Guard.ADMIN_ROLE)
def grants_admin(email: str, role: Role | None, overrides: Overrides, *, already: bool | None = False) -> None:
    """Refuses to make somebody an admin, who would have the same power as every other admin."""
    if role is Role.ADMIN and not already:
        refuse(Guard.ADMIN_ROLE, "this grants the admin role", whom=email, overrides=overrides)


@judges(Guard.GROUP_REQUIRED, Guard.SSO_DOMAIN)
def may_be_invited(person: Invite, settings: Settings, overrides: Overrides) -> None:
    """Checks of an invitation by itself: admin role, a group where one is required, the identity provider's domains."""
    grants_admin(person.email, person.role, overrides)
    if settings.group_required and not person.groups:
        refuse(
            Guard.GROUP_REQUIRED,
            "no group is given, and groups decide what a person sees (WORKRAMP_GROUP_REQUIRED)",
            whom=person.email,
            overrides=overrides,
        )
    domain = person.email.rpartition("@")[2].casefold()
    if settings.sso_domains and domain not in settings.sso_domains:
        refuse(
            Guard.SSO_DOMAIN,
            f"{domain} is none of the identity provider's domains (WORKRAMP_SSO_DOMAINS): "
            "with single sign-on enforced this person could not sign in",
            whom=person.email,
            overrides=overrides,
        )


def objections_of(refusal: Refused) -> tuple[Objection, ...]:
    """What a refusal says, where a person may lift the guard; empty where nobody may."""
    if refusal.guard is None or refusal.saw is None:
        return ()
    return (Objection(guard=refusal.guard, message=" ".join(refusal.message.split()), saw=refusal.saw),)


NEVER_A_MASS = 5
"""So many people may lose access in one run whatever share of all they are: in a small team two are a quarter."""


@judges(Guard.MASS_CHANGE)
def mass_change(
    losing: int, active: int, settings: Settings, overrides: Overrides, leavers: Iterable[str] = ()
) -> None:
    """Refuses a run that takes access from many.

    Args:
        losing: how many active or invited people would be deactivated.
        active: how many active or invited people there are.
        leavers: their addresses. What the guard saw is who they are: the numbers change while the run goes on.
    """
    if losing <= settings.mass_change_people and losing <= max(
        NEVER_A_MASS, active * settings.mass_change_percent / 100
    ):
        return
    refuse(
        Guard.MASS_CHANGE,
        f"{losing} of {active} people who are not deactivated would lose access in one run; at most "
        f"{settings.mass_change_people} people or {settings.mass_change_percent:g} % may "
        "(WORKRAMP_MASS_CHANGE_PEOPLE, WORKRAMP_MASS_CHANGE_PERCENT)",
        whom=f"{losing} people",
        overrides=overrides,
        saw=seen("\n".join(sorted(map(address_key, leavers)))),
    )


def few_by_seats(losing: int, used: int, settings: Settings) -> bool:
    """Whether `mass_change` would let so many go, as far as the number of used seats tells.

    When a deactivated person's seat becomes free is not documented (guide, "License freed"), so that some of the seats
    may be held by people who are deactivated: no more than half of the share counts.
    """
    return losing <= min(settings.mass_change_people, used * settings.mass_change_percent / 200)


def shrunken_roster(people: int, last: int, settings: Settings, overrides: Overrides) -> None:
    """Refuses to take access from those who are missing in a roster that is much smaller than the one before it.

    Args:
        people: how many people the roster names.
        last: how many the roster named that was last applied to this console.
    """
    if last - people <= max(NEVER_A_MASS, last * settings.roster_shrink_percent / 100):
        return
    refuse(
        Guard.MASS_CHANGE,
        f"the roster names {people} people, and the one applied last named {last}; "
        f"at most {settings.roster_shrink_percent:g} % fewer are believed (WORKRAMP_ROSTER_SHRINK_PERCENT)",
        whom=f"{last - people} people",
        overrides=overrides,
    )


NO_SEAT = seen("no seat is free")
"""What `free_seats` saw where one person needs a seat: what is free is none then, however it is said."""


@judges(Guard.NO_FREE_SEAT)
def free_seats(
    takers: Sequence[seats.Taker], pools: Sequence[SeatPool], settings: Settings, *, whom: str, overrides: Overrides
) -> None:
    """Refuses where the console says that fewer seats are free than these people need, in the pool that each needs.

    Seats not shown cannot be checked. Where it is not known which of two pools a person needs, there must be room in
    both.
    """
    short = seats.lacking(takers, pools, settings)
    if not short:
        return
    several = len({pool.name for pool in pools if pool.total is not None}) > 1
    said = [_too_few(needed, free, f"{kind.value} " if several else "") for kind, (needed, free) in short.items()]
    if any(seats.unsure(seats.kinds_of(taker, pools, settings)) for taker in takers):
        said.append("whose seats are internal and whose external is not known (WORKRAMP_INTERNAL_DOMAINS)")
    refuse(
        Guard.NO_FREE_SEAT,
        "; ".join(said),
        whom=whom,
        overrides=overrides,
        saw=NO_SEAT if len(takers) == 1 else None,
    )


def _too_few(needed: int, free: int, kind: str) -> str:
    are, is_free = ("is" if needed == 1 else "are"), ("is" if free == 1 else "are")
    return f"{needed} {kind}{'seat' if needed == 1 else 'seats'} {are} needed, {free} {is_free} free"


@judges(Guard.LOOK_ALIKE)
def not_a_look_alike(email: str, others: Iterable[str], overrides: Overrides) -> None:
    """Refuses a new address that a person could take for an existing one; it is never matched with it."""
    twins = [other for other in others if look_alike(email, other)]
    if twins:
        refuse(
            Guard.LOOK_ALIKE,
            f"this address looks like {', '.join(sorted(set(twins)))}, who is here already",
            whom=email,
            overrides=overrides,
        )


@judges(Guard.UNKNOWN_GROUP)
def known_group(email: str, group: str, known: bool, overrides: Overrides) -> None:
    """Refuses a group that the console does not offer: saving would create it, and a typing mistake with it."""
    if not known:
        refuse(
            Guard.UNKNOWN_GROUP,
            f"the console knows no group '{group}' and would create it",
            whom=email,
            overrides=overrides,
        )


def no_such_manager(manager: str) -> str:
    """What `known_manager` saw, however it is said."""
    return seen(f"no manager {address_key(manager)}")


@judges(Guard.UNKNOWN_MANAGER)
def known_manager(email: str, manager: str, known: bool, overrides: Overrides) -> None:
    """Refuses a manager who is nobody here: saving would invite that address, and use a seat."""
    if not known:
        refuse(
            Guard.UNKNOWN_MANAGER,
            f"nobody here has the manager's address {manager}; the console would invite it",
            whom=email,
            overrides=overrides,
            saw=no_such_manager(manager),
        )


def _name(person: Person) -> str:
    return " ".join(filter(None, (person.first_name, person.last_name))) or "(no name shown)"
