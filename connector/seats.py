"""From which pool of seats somebody takes one, as far as the console shows pools and the settings tell people apart.

Guide, "License and seat management": internal and external (customer, partner) learners have separate pools in many
contracts; admins count against the total. Which of them an address belongs to, no console shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from connector.models import Role, SeatPool
from connector.settings import Settings

Taker = tuple[str, Role | None]
"""Who needs a seat: her address, and her role where it is known."""


class Kind(StrEnum):
    """What a seat is for."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    ADMIN = "admin"


_POOLS: Mapping[Kind, frozenset[str]] = {
    # A pool without a name is that of everybody who is not external.
    Kind.INTERNAL: frozenset({"internal", "licensed"}),
    Kind.EXTERNAL: frozenset({"external"}),
    Kind.ADMIN: frozenset({"admin"}),
}


def pools_of(kind: Kind, pools: Iterable[SeatPool]) -> list[SeatPool]:
    """The pools of one kind, of those that the console shows."""
    return [pool for pool in pools if pool.name in _POOLS[kind]]


def kinds_of(taker: Taker, pools: Sequence[SeatPool], settings: Settings) -> frozenset[Kind]:
    """The kinds of seat that somebody needs. Internal *and* external: it is one of them, and not known which.

    Only an external pool that is limited is one of its own; an admin needs one of the admins', too, where these are
    limited. Where no setting tells internal domains, the one of the connector's own account is one: it is an admin of
    this console.
    """
    email, role = taker
    kinds = {Kind.INTERNAL}
    if any(pool.total is not None for pool in pools_of(Kind.EXTERNAL, pools)):
        own, domain = settings.internal_domains or settings.sso_domains, _domain(email)
        if own:
            kinds = {Kind.INTERNAL if domain in own else Kind.EXTERNAL}
        elif not settings.email or domain != _domain(settings.email):
            kinds = {Kind.INTERNAL, Kind.EXTERNAL}
    if role is Role.ADMIN and any(pool.total is not None for pool in pools_of(Kind.ADMIN, pools)):
        kinds.add(Kind.ADMIN)
    return frozenset(kinds)


def _domain(email: str) -> str:
    return email.rpartition("@")[2].casefold()


def unsure(kinds: Iterable[Kind]) -> bool:
    """Whether it is not known which of the two pools a seat comes from."""
    return {Kind.INTERNAL, Kind.EXTERNAL}.issubset(kinds)


def free_of(kind: Kind, pools: Iterable[SeatPool]) -> int | None:
    """How many seats of a kind are free; None where that is not limited or not shown.

    Of several pools of a kind the one with the most decides: how they belong together is not known.
    """
    limited = [pool.free for pool in pools_of(kind, pools) if pool.free is not None]
    return max(limited) if limited else None


def needed(takers: Iterable[Taker], pools: Sequence[SeatPool], settings: Settings) -> Counter[Kind]:
    """How many seats of each kind these people need; who may need either counts for both."""
    return Counter(kind for taker in takers for kind in kinds_of(taker, pools, settings))


def lacking(takers: Iterable[Taker], pools: Sequence[SeatPool], settings: Settings) -> dict[Kind, tuple[int, int]]:
    """The kinds of which too few are free: how many are needed, and how many are free."""
    short = {}
    for kind, count in needed(takers, pools, settings).items():
        free = free_of(kind, pools)
        if free is not None and free < count:
            short[kind] = (count, free)
    return short
