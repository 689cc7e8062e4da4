"""Forms to invite one person that ask for less than the guide's: the rest is said on her page, and read back."""

from __future__ import annotations

import pytest

from connector import Connector
from connector.actions.invite_form import FORM_MEMORY, TAKES_MEMORY
from connector.errors import PersonNotFound
from connector.models import Guard, Invite, Result, Role
from fixtures.mock_console import MockConsole
from fixtures.mock_console.options import DIALECTS
from tests.combinations import some_only
from tests.conftest import StartConnector, StartConsole, lane_of
from tests.flows.oracle import assert_only_changed, happened, mailed

NADJA, NILS = "nadja.new@northwind.example", "nils.newer@northwind.example"
AYA = "aya.author@northwind.example"
GRACE = "grace.okafor@northwind.example"
SAYS = {
    "toggle": {"names", "admin", "groups", "managers"},
    "names": {"names", "groups", "managers"},
    "address": {"groups", "managers"},
    "address-alone": set(),
}


# A toggle is made otherwise in each dialect; what is not there is not.
FORMS = [
    *((dialect, "toggle") for dialect in DIALECTS if dialect == "div" or not some_only()),
    ("aria", "names"),
    ("div", "address"),
    ("plain", "address-alone"),
]


@pytest.fixture(params=FORMS, ids="-".join)
def form(request: pytest.FixtureRequest) -> tuple[str, str]:
    dialect, asks = request.param
    return dialect, asks


@pytest.fixture
def console(start_console: StartConsole, form: tuple[str, str]) -> MockConsole:
    dialect, asks = form
    return start_console(dialect=dialect, invitation=asks, people=40)


@pytest.fixture
def connected(start_connector: StartConnector, console: MockConsole) -> Connector:
    return start_connector(console)


def test_whoever_is_invited_is_what_was_asked_for(
    connected: Connector, console: MockConsole, form: tuple[str, str]
) -> None:
    with pytest.raises(PersonNotFound):
        connected.person(NADJA)
    before = console.books()
    learner = connected.invite(NADJA, "Nadja", "New", groups=("Marketing",), managers=(GRACE,))
    admin = connected.invite(NILS, "Nils", "Newer", role=Role.ADMIN, overrides={Guard.ADMIN_ROLE})
    author = connected.invite(AYA, "Aya", "Author", role=Role.CONTENT_CREATOR)
    again = connected.invite(NADJA, "Nadja", "New", groups=("Marketing",), managers=(GRACE,))
    results = [each.result for each in (learner, admin, author, again)]
    assert results == [*[Result.DONE] * 3, Result.ALREADY], (learner, admin, author, again)
    after = console.books()
    assert_only_changed(
        before,
        after,
        {
            NADJA: {"first_name": "Nadja", "last_name": "New", "groups": ["Marketing"], "managers": [GRACE]},
            NILS: {"first_name": "Nils", "last_name": "Newer", "role": "admin"},
            AYA: {"first_name": "Aya", "last_name": "Author", "role": "content_creator"},
        },
    )
    assert [kind for kind, _ in happened(before, after)].count("invited") == 3
    assert [kind for _, kind in mailed(before, after)].count("invitation") == 3
    learnt = lane_of(connected).learnt
    assert (set(learnt[FORM_MEMORY]), learnt[TAKES_MEMORY]) == (SAYS[form[1]], "one")


def test_where_the_form_has_no_field_for_groups_the_list_of_groups_tells_which_there_are(
    start_console: StartConsole, start_connector: StartConnector
) -> None:
    console = start_console(dialect="plain", invitation="address-alone", people=40)
    connected = start_connector(console)
    assert connected.person(GRACE).email == GRACE
    before = console.books()
    refused = connected.invite(NILS, "Nils", "Newer", groups=("No such group",))
    assert (refused.result, refused.guard) == (Result.REFUSED, Guard.UNKNOWN_GROUP), refused
    people = [
        Invite(email=NADJA, first_name="Nadja", last_name="New", groups=("Marketing",)),
        Invite(email=NILS, first_name="Nils", last_name="Newer", groups=("No such group",)),
    ]
    report = connected.import_people(people, skip_bad_rows=True)
    assert [(each.result, each.guard) for each in report.outcomes] == [
        (Result.DONE, None),
        (Result.REFUSED, Guard.UNKNOWN_GROUP),
    ], report
    expected = {NADJA: {"first_name": "Nadja", "last_name": "New", "groups": ["Marketing"]}}
    assert_only_changed(before, console.books(), expected)
