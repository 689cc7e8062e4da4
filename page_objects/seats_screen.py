"""A screen of its own for seats, as Settings -> Billing or Plan & Seats, where the People screen tells none."""

from __future__ import annotations

from connector.errors import ConsoleDrift, NoWay
from connector.models import SeatPool
from page_objects import way, words
from page_objects.controls import engine
from page_objects.controls.base import Screen
from page_objects.seat_tables import pools_on
from page_objects.way import Goal

MEMORY = "seats address"
NOWHERE = "seats are shown nowhere"


class SeatsScreen(Screen):
    """Usual: 'Plan & Seats', 'Billing', 'Licenses'. Found by the words of the navigation, once; nothing is pressed."""

    name = "Seats"

    def may_be(self, *, anew: bool = False) -> bool:
        """Whether there may be such a screen. `anew`: also where there was none the last time."""
        return not self.lane.noted.get(NOWHERE) and (anew or not self.lane.learnt.get(NOWHERE))

    async def seats(self, more_than: tuple[SeatPool, ...] = ()) -> tuple[SeatPool, ...]:
        """Opens the screen that tells of more pools than these, where one is offered, and reads it; else gives these.

        Leaves the People screen.

        Raises SessionEnded; ConsoleDrift where it was there the last time and does not come: what is refused for want
        of a seat must not go through for want of a page.
        """
        known = MEMORY in self.lane.learnt
        try:
            await way.go_to(self.lane, self._goal(len(more_than)))
        except ConsoleDrift as drift:
            if known:
                raise
            self.lane.noted[NOWHERE] = True
            if isinstance(drift, NoWay):
                self.lane.learnt[NOWHERE] = True
            self.lane.step(f"no screen was found that tells the seats: {drift.message}")
            return more_than
        self.lane.learnt.pop(NOWHERE, None)
        return await self.shown()

    async def shown(self) -> tuple[SeatPool, ...]:
        """The pools that the page states now."""
        lines: list[str] = await engine.evaluate(self.lane.page, "counters", {"columns": self.lane.column_words()})
        found = await engine.evaluate(self.lane.page, "seatTables", also="seats.js")
        return pools_on(lines, found["tables"], found["terms"], found["title"])

    def _goal(self, told: int) -> Goal:
        async def here() -> tuple[bool, bool]:
            busy: bool = await engine.evaluate(self.lane.page, "busy")
            return not busy and len(await self.shown()) > told, busy

        return Goal(
            screen=self.name,
            memory=MEMORY,
            path=None,
            ways=words.WAYS_TO_SEATS,
            here=here,
            what="the number of seats",
            expected="'52 of 100 seats used', or a table of used and total seats",
            sure=True,
        )
