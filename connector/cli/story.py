"""The steps of the demo: each is carried out, printed, checked against the mock's books, and kept for the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from connector.cli import witness
from connector.cli.changes import as_invite, sift
from connector.cli.outcomes import put_outcomes, summary_line
from connector.cli.people import put_people
from connector.cli.seats import put_pools
from connector.cli.terminal import put
from connector.evidence import PICTURES
from connector.models import Deactivate, ImportPeople, Invite, Operation, Outcome, Reactivate, Result, Seats
from connector.report import Section
from connector.roster import read_addresses, read_roster

if TYPE_CHECKING:
    from connector.face import Connector
    from fixtures.mock_console import Books, MockConsole

_SHOWN = 8
_NEWCOMER = Invite(
    email="amina.sow@northwind.example",
    first_name="Amina",
    last_name="Sow",
    groups=("New Hires", "Sales, EMEA"),
    managers=("daniel.kim@northwind.example",),
)
_RETURNER = "helen.brandt@northwind.example"
_SCIM_MANAGED = "aiko.tanaka@northwind.example"


class Story:
    """What the demo tells. `problems` names everything that did not end as intended.

    Args:
        connector: signs in to the mock.
        mock: whose books are the witness; nothing else is asked of it.
        watched: shows progress while a step runs.
        rosters: the folder with `new-hires.csv` and `leavers.csv`.
        state_dir: where the connector keeps its evidence.
    """

    def __init__(
        self,
        connector: Connector,
        mock: MockConsole,
        watched: Callable[[], AbstractContextManager[None]],
        rosters: Path,
        state_dir: Path,
    ) -> None:
        self.seats: list[Seats] = []
        self.sections: list[Section] = []
        self.problems: list[str] = []
        self._connector = connector
        self._mock = mock
        self._watched = watched
        self._rosters = rosters
        self._state_dir = state_dir
        self._pictures: set[Path] = set()
        self._outcomes: list[Outcome] = []

    def tell(self) -> None:
        """Carries out all steps."""
        before = self._mock.books()
        self._look_around()
        self._carry_out(
            "Invite one person",
            f"{_NEWCOMER.first_name} {_NEWCOMER.last_name}, into two groups, with a manager.",
            [_NEWCOMER],
        )
        self._import(self._rosters / "new-hires.csv")
        self._deactivate(self._rosters / "leavers.csv")
        self._carry_out(
            "Refuse what must not happen",
            "Deactivating the account that is signed in, and somebody whom the identity provider manages.",
            [Deactivate(email=self._mock.admin_email), Deactivate(email=_SCIM_MANAGED)],
        )
        self._carry_out("Reactivate one person", "Somebody comes back.", [Reactivate(email=_RETURNER)])
        self._read_back(before)

    def _look_around(self) -> None:
        self._head("Sign in, look at seats and directory")
        with self._watched():
            people = self._connector.people()
            seats = self._connector.seats(people=people)
        self.seats.append(seats)
        put_pools(seats)
        put()
        put_people(people[:_SHOWN])
        put(f"and {len(people) - _SHOWN} more; {len(seats.releasable)} seats could be released", "dim")
        facts = [("People", str(len(people))), ("Seats that could be released", str(len(seats.releasable)))]
        self._keep("Sign in, look at seats and directory", facts=facts)

    def _import(self, file: Path) -> None:
        roster = read_roster(file)
        sifted = sift(roster, skip_bad_rows=True)
        skipped = sifted.skipped(self._connector)
        text = (
            f"{len(roster.rows) + len(roster.bad_rows)} rows in {file.name}: {len(skipped)} cannot be used and are "
            f"left out, {len(sifted.rows)} go through the console's CSV import."
        )
        self._carry_out(
            "Import new hires",
            text,
            [ImportPeople(people=tuple(map(as_invite, sifted.rows)), skip_bad_rows=True)],
            skipped,
        )

    def _deactivate(self, file: Path) -> None:
        rows = read_addresses(file).rows
        text = f"{len(rows)} addresses in {file.name}; namesakes and similar addresses stay as they are."
        outcomes = self._carry_out("Deactivate leavers", text, [Deactivate(email=row.email) for row in rows])
        if not any(outcome.result is Result.DONE for outcome in outcomes):
            self.problems.append(f"nobody in {file.name} was deactivated")

    def _carry_out(
        self, heading: str, text: str, operations: Sequence[Operation], skipped: Sequence[Outcome] = ()
    ) -> Sequence[Outcome]:
        self._head(heading, text)
        books = self._mock.books()
        with self._watched():
            report = self._connector.run(operations)
        outcomes = (*skipped, *report.outcomes)
        put_outcomes(outcomes)
        put(summary_line(outcomes), "dim")
        self._outcomes += report.outcomes
        self.problems += witness.unexpected(books, operations, report.outcomes)
        self._keep(heading, text, outcomes)
        return outcomes

    def _read_back(self, before: Books) -> None:
        heading = "Read everything back"
        self._head(heading, "Every person on every screen, against the books that the mock keeps for itself.")
        with self._watched():
            read = self._connector.export()
            self.seats.append(self._connector.seats(people=read))
        after = self._mock.books()
        wrong = [*witness.misreadings(read, after), *witness.contradictions(before, after, self._outcomes)]
        self.problems += wrong
        invited = len(after.people) - len(before.people)
        mails = len(after.mails) - len(before.mails)
        facts = [
            ("People read and compared", str(len(read))),
            ("New in the books", f"{invited}, with {mails} invitations sent"),
            ("Said and not so, or so and not said", str(len(wrong)) if wrong else "nothing"),
        ]
        for name, value in facts:
            put(f"{name}: {value}")
        put()
        put_pools(self.seats[-1])
        self._keep(heading, "Compared with the books that the mock keeps for itself.", facts=facts)

    def _head(self, heading: str, text: str = "") -> None:
        put()
        put(f"{len(self.sections) + 1}. {heading}", "bold")
        if text:
            put(text, "dim")

    def _keep(
        self,
        heading: str,
        text: str = "",
        outcomes: Sequence[Outcome] = (),
        facts: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Adds a section with all pictures that were taken since the last one."""
        found = sorted(path for path in self._state_dir.rglob("*") if path.suffix in PICTURES)
        pictures = [path for path in found if path not in self._pictures]
        self._pictures.update(pictures)
        self.sections.append(Section(heading, text, outcomes, facts, pictures))
