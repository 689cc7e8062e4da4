"""The checks before a click: each refuses what it is for, passes what it is not, and is lifted by its name only."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from connector import guards
from connector.errors import Refused
from connector.models import NEVER_LIFTED, Guard, Invite, Person, Role, SeatPool, Status
from connector.settings import Settings

ANN = Person(email="ann@northwind.example", first_name="Ann", last_name="Lee", role=Role.LEARNER, status=Status.ACTIVE)
ADMIN = ANN.model_copy(update={"email": "grace.okafor@northwind.example", "role": Role.ADMIN})
SCIM = ANN.model_copy(update={"scim_managed": True})
ACCOUNT = "connector@northwind.example"
OWN = ADMIN.model_copy(update={"email": ACCOUNT.upper()})
FULL = (SeatPool(name="licensed", used=100, total=100),)

NEW = Invite(email="nadja@northwind.example", first_name="Nadja", last_name="New")
PLAIN = Settings()
TAKERS = [(f"p{number}@northwind.example", Role.LEARNER) for number in range(50)]

Check = Callable[[Iterable[Guard]], None]

REFUSED: dict[str, tuple[Guard, Check]] = {
    "two people with one address": (
        Guard.AMBIGUOUS_MATCH,
        lambda lifted: guards.single_match(ANN.email, [ANN, ANN.model_copy(update={"first_name": "Anna"})]),
    ),
    "the own account, in other letters": (
        Guard.OWN_ACCOUNT,
        lambda lifted: guards.may_lose_access(OWN, account=ACCOUNT, protected=(), overrides=set(lifted)),
    ),
    "the own account's role": (
        Guard.OWN_ACCOUNT,
        lambda lifted: guards.keeps_an_admin(OWN, Role.LEARNER, 5, account=ACCOUNT),
    ),
    "a protected address, in other letters": (
        Guard.PROTECTED,
        lambda lifted: guards.may_lose_access(
            ANN, account=ACCOUNT, protected=["x@northwind.example", "Ann@NORTHWIND.example"], overrides=set(lifted)
        ),
    ),
    "the last admin": (Guard.LAST_ADMIN, lambda lifted: guards.not_the_last_admin(ADMIN, 0)),
    "the last admin's role": (
        Guard.LAST_ADMIN,
        lambda lifted: guards.keeps_an_admin(ADMIN, Role.MANAGER, 0, account=ACCOUNT),
    ),
    "somebody whom SCIM manages": (Guard.SCIM_MANAGED, lambda lifted: guards.scim_managed(SCIM, set(lifted))),
    "somebody whom SCIM manages losing access": (
        Guard.SCIM_MANAGED,
        lambda lifted: guards.may_lose_access(SCIM, account=ACCOUNT, protected=(), overrides=set(lifted)),
    ),
    "no free seat": (
        Guard.NO_FREE_SEAT,
        lambda lifted: guards.free_seats(TAKERS[:1], FULL, PLAIN, whom=ANN.email, overrides=set(lifted)),
    ),
    "too few free seats": (
        Guard.NO_FREE_SEAT,
        lambda lifted: guards.free_seats(
            TAKERS[:3], [SeatPool(name="internal", used=98, total=100)], PLAIN, whom="3 people", overrides=set(lifted)
        ),
    ),
    "a look-alike": (
        Guard.LOOK_ALIKE,
        lambda lifted: guards.not_a_look_alike("аnn@northwind.example", ["bob@x.example", ANN.email], set(lifted)),
    ),
    "an unknown group": (
        Guard.UNKNOWN_GROUP,
        lambda lifted: guards.known_group(ANN.email, "Salse", False, set(lifted)),
    ),
    "an unknown manager": (
        Guard.UNKNOWN_MANAGER,
        lambda lifted: guards.known_manager(ANN.email, "nobody@northwind.example", False, set(lifted)),
    ),
    "the admin role": (
        Guard.ADMIN_ROLE,
        lambda lifted: guards.grants_admin(ANN.email, Role.ADMIN, set(lifted), already=ANN.admin),
    ),
    "an invitation as admin": (
        Guard.ADMIN_ROLE,
        lambda lifted: guards.may_be_invited(NEW.model_copy(update={"role": Role.ADMIN}), PLAIN, set(lifted)),
    ),
    "an invitation without a group": (
        Guard.GROUP_REQUIRED,
        lambda lifted: guards.may_be_invited(NEW, PLAIN.model_copy(update={"group_required": True}), set(lifted)),
    ),
    "a domain that the identity provider does not know": (
        Guard.SSO_DOMAIN,
        lambda lifted: guards.may_be_invited(
            NEW, PLAIN.model_copy(update={"sso_domains": ("wind.example",)}), set(lifted)
        ),
    ),
    "an owner of API keys, in other letters": (
        Guard.KEY_OWNER,
        lambda lifted: guards.may_lose_access(
            ANN, account=ACCOUNT, protected=(), key_owners=["Ann@NORTHWIND.example"], overrides=set(lifted)
        ),
    ),
    "too many people in one run": (
        Guard.MASS_CHANGE,
        lambda lifted: guards.mass_change(26, 10_000, PLAIN, set(lifted)),
    ),
    "too large a share in one run": (
        Guard.MASS_CHANGE,
        lambda lifted: guards.mass_change(6, 59, PLAIN, set(lifted)),
    ),
}


@pytest.mark.parametrize(("guard", "check"), REFUSED.values(), ids=REFUSED)
def test_each_guard_refuses_what_it_is_for(guard: Guard, check: Check) -> None:
    with pytest.raises(Refused) as refused:
        check(())
    assert refused.value.guard is guard
    assert refused.value.exit_code == 3
    assert refused.value.whom


@pytest.mark.parametrize(("guard", "check"), REFUSED.values(), ids=REFUSED)
def test_no_other_guard_s_name_lifts_it(guard: Guard, check: Check) -> None:
    with pytest.raises(Refused) as refused:
        check(set(Guard) - {guard})
    assert refused.value.guard is guard


@pytest.mark.parametrize(("guard", "check"), REFUSED.values(), ids=REFUSED)
def test_its_own_name_lifts_it_unless_it_is_never_lifted(guard: Guard, check: Check) -> None:
    if guard in NEVER_LIFTED:
        with pytest.raises(Refused, match=r"^(?!.*--override)"):
            check({guard})
    else:
        check({guard})
        with pytest.raises(Refused) as refused:
            check(())
        assert f"--override {guard.value}" in str(refused.value)


@pytest.mark.parametrize(("losing", "active"), [(5, 5), (6, 60), (25, 250), (0, 0)])
def test_a_few_people_may_lose_access_in_one_run(losing: int, active: int) -> None:
    guards.mass_change(losing, active, PLAIN, ())


def test_an_invitation_that_meets_every_requirement_is_let_pass() -> None:
    strict = PLAIN.model_copy(update={"group_required": True, "sso_domains": ("northwind.example",)})
    guards.may_be_invited(NEW.model_copy(update={"groups": ("Sales",)}), strict, ())
    guards.grants_admin(ADMIN.email, Role.ADMIN, (), already=ADMIN.admin)


def test_five_guards_are_never_lifted() -> None:
    assert {guard.value for guard in NEVER_LIFTED} == {
        "ambiguous-match",
        "own-account",
        "last-admin",
        "protected",
        "wrong-tenant",
    }


def test_the_refusal_names_everybody_who_could_be_meant() -> None:
    nameless = Person(email=ANN.email)
    with pytest.raises(Refused, match=r"2 people .*Ann Lee <ann@.*\(no name shown\) <ann@"):
        guards.single_match(ANN.email, [ANN, nameless])


@pytest.mark.parametrize("found", [[], [ANN]])
def test_nobody_and_one_person_are_not_ambiguous(found: list[Person]) -> None:
    guards.single_match(ANN.email, found)


@pytest.mark.parametrize(
    "protected", [(), ("joann@northwind.example", "ann@northwind.example.org", "nn@northwind.example")]
)
def test_an_ordinary_person_may_lose_access(protected: tuple[str, ...]) -> None:
    guards.may_lose_access(ANN, account=ACCOUNT, protected=protected, overrides=())
    guards.may_lose_access(ADMIN, account=ACCOUNT, protected=protected, overrides=())
    guards.may_lose_access(ANN, account="joann@northwind.example", protected=protected, overrides=())


@pytest.mark.parametrize("scim_managed", [None, False])
def test_who_is_not_marked_is_not_managed_by_scim(scim_managed: bool | None) -> None:
    guards.scim_managed(ANN.model_copy(update={"scim_managed": scim_managed}), ())


@pytest.mark.parametrize("others", [None, 1, 2])
def test_an_admin_beside_others_may_go(others: int | None) -> None:
    guards.not_the_last_admin(ADMIN, others)
    guards.keeps_an_admin(ADMIN, Role.LEARNER, others, account=ACCOUNT)


@pytest.mark.parametrize(
    ("person", "role"),
    [(ANN, Role.MANAGER), (ANN, None), (ADMIN, None), (ADMIN, Role.ADMIN), (OWN, Role.ADMIN), (OWN, None)],
)
def test_a_role_that_takes_no_admin_away_is_no_concern(person: Person, role: Role | None) -> None:
    guards.keeps_an_admin(person, role, 0, account=ACCOUNT)


@pytest.mark.parametrize(
    ("needed", "pools"),
    [
        (1, ()),
        (5, [SeatPool(name="licensed", used=52)]),
        (1, [SeatPool(name="licensed", used=99, total=100)]),
        (48, [SeatPool(name="licensed", used=52, total=100)]),
        (0, FULL),
        (3, [SeatPool(name="external", used=10), SeatPool(name="internal", used=1, total=10)]),
    ],
)
def test_as_many_seats_as_are_free_or_as_cannot_be_known_are_enough(needed: int, pools: Iterable[SeatPool]) -> None:
    guards.free_seats(TAKERS[:needed], list(pools), PLAIN, whom=ANN.email, overrides=())


@pytest.mark.parametrize(
    "others", [[], ["joann@northwind.example"], ["ann@northwind.example.org"], ["ANN@northwind.example"]]
)
def test_another_or_the_same_address_is_no_look_alike(others: list[str]) -> None:
    guards.not_a_look_alike(ANN.email, others, ())


def test_what_is_known_passes() -> None:
    guards.known_group(ANN.email, "Sales", True, ())
    guards.known_manager(ANN.email, "daniel.kim@northwind.example", True, ())


# -- two pools ---------------------------------------------------------------------------------------------------------
def two_pools(internal: int, external: int, admin: int = 5) -> list[SeatPool]:
    """So many are free in each."""
    free = {"internal": internal, "external": external, "admin": admin}
    return [SeatPool(name=name, used=10, total=10 + count) for name, count in free.items()]


OUTSIDER = ("someone@fabrikam.example", Role.LEARNER)


@pytest.mark.parametrize("known_by", ["internal_domains", "sso_domains"])
@pytest.mark.parametrize(
    ("taker", "pools", "said"),
    [
        (TAKERS[0], two_pools(0, 9), "1 internal seat is needed, 0 are free"),
        (TAKERS[0], two_pools(1, 0), None),
        (OUTSIDER, two_pools(9, 0), "1 external seat is needed, 0 are free"),
        (OUTSIDER, two_pools(0, 1), None),
        ((TAKERS[0][0], Role.ADMIN), two_pools(9, 9, 0), "1 admin seat is needed, 0 are free"),
        (TAKERS[0], two_pools(1, 0, 0), None),
        (OUTSIDER, [SeatPool(name="licensed", used=9, total=9)], "1 seat is needed, 0 are free"),
    ],
)
def test_the_right_pool_is_checked_for_the_right_person(
    taker: tuple[str, Role], pools: list[SeatPool], said: str | None, known_by: str
) -> None:
    settings = PLAIN.model_copy(update={known_by: ("northwind.example",)})
    if said is None:
        guards.free_seats([taker], pools, settings, whom=taker[0], overrides=())
        return
    with pytest.raises(Refused) as refused:
        guards.free_seats([taker], pools, settings, whom=taker[0], overrides=())
    assert refused.value.message == said


@pytest.mark.parametrize(("internal", "external"), [(0, 9), (9, 0)])
def test_whose_pool_is_not_known_needs_room_in_both(internal: int, external: int) -> None:
    with pytest.raises(Refused, match=r"is not known \(WORKRAMP_INTERNAL_DOMAINS\)"):
        guards.free_seats(TAKERS[:1], two_pools(internal, external), PLAIN, whom=ANN.email, overrides=())
    guards.free_seats(TAKERS[:9], two_pools(9, 9), PLAIN, whom=ANN.email, overrides=())


def test_seats_are_counted_pool_by_pool() -> None:
    settings = PLAIN.model_copy(update={"internal_domains": ("northwind.example",)})
    guards.free_seats([*TAKERS[:2], OUTSIDER], two_pools(2, 1), settings, whom="3 people", overrides=())
    with pytest.raises(Refused, match=r"^3 internal seats are needed, 2 are free\n"):
        guards.free_seats([*TAKERS[:3], OUTSIDER], two_pools(2, 1), settings, whom="4 people", overrides=())


def test_every_guard_is_tried_here_but_the_one_that_the_console_itself_asks() -> None:
    assert {guard for guard, _ in REFUSED.values()} == set(Guard) - {Guard.WRONG_TENANT}
