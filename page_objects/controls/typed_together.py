"""A plain field into which several values are typed together, with whatever the field says between them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from playwright.async_api import ElementHandle, Locator

from connector.errors import Inexpressible
from page_objects import reading, words
from page_objects.controls import engine
from page_objects.controls.choices import Listed
from page_objects.controls.keys import press_enter

JOINED_MEMORY = "names typed into one field"
"""What was typed together last, as long as nobody has seen what the console took it for: `by` and `names`."""


class TypedTogether(Listed):
    """What a choice of several does where it is a plain field: it offers nothing, and one text holds all its values."""

    async def offers_nothing(self, names: Sequence[str]) -> bool:
        """Whether it is only typed into: which values there are is told elsewhere, as by the list of groups."""
        return await self._is_plain(names) and await self._offers_nothing(await self.arrive())

    async def _is_plain(self, names: Sequence[str]) -> bool:
        """Whether it is typed into, and none of these names brings up a list when it is."""
        for name in names:
            if await self.shape_for(name) != "text":
                return False
        return bool(names)

    async def require_sayable(self, names: Sequence[str]) -> None:
        """Raises Inexpressible where these could not be typed into it beside what it holds; nothing is typed.

        One that offers its values takes one of them, or several: that is seen once they are added.
        """
        if not await self._is_plain(names):
            return
        locator = await self.arrive()
        if await self._offers_nothing(locator) and not await engine.evaluate(locator, "takesChips"):
            await self._typed_together(locator, added=names)

    @property
    def _known(self) -> Collection[str]:
        """The names of groups that the console has shown, where groups are chosen here."""
        return self.lane.known_groups if self.word.key == words.FIELD_GROUPS.key else ()

    @property
    def _listed(self) -> Collection[str]:
        """All values there are, as far as a list of its own has told them."""
        return self._known if self.lane.groups_listed else ()

    async def _offers_nothing(self, locator: Locator) -> bool:
        return bool(await locator.evaluate("el => !el.list"))

    async def _suggestions(self, locator: Locator | ElementHandle) -> list[str]:
        """The names a text field offers in its datalist."""
        listed: list[str] = await locator.evaluate("el => [...(el.list?.options ?? [])].map(o => o.value.trim())")
        return listed

    async def _add_text(self, locator: Locator, name: str) -> None:
        if await engine.evaluate(locator, "takesChips"):
            await locator.fill(name)
            await press_enter(self.lane, locator, what=self.label)
            return
        adder = await self._adder(locator, own=True)
        if adder is not None and await self._is_saved() and not (await locator.input_value()).strip():
            await locator.fill(name)
            await self.lane.click(adder, what=f"add '{name}'", screen=self.screen.name)
            return
        await self._type_together(locator, name)

    async def _adder(self, field: Locator, *, own: bool = False) -> Locator | None:
        """The button beside a field that puts what was typed among its values; not the one that sends the form.

        `own`: only where no other field stands there, which it may be for.
        """
        adder = self.lane.find("beside", words.ADD_VALUE, scope=field, own=own)
        if await adder.count() != 1:
            return None
        for sender in await self._senders():
            if await adder.evaluate("(el, other) => el === other", await sender.element_handle()):
                return None
        return adder

    async def _is_saved(self) -> bool:
        """Whether something saves the form: where nothing does, the button beside a field adds a value at once."""
        return bool(await self._senders())

    async def _senders(self) -> list[Locator]:
        controls = [getattr(self.screen, name, None) for name in ("save_button", "send_button")]
        return [each.locator for each in controls if each is not None and await each.is_shown()]

    async def _type_together(self, field: Locator | ElementHandle, name: str) -> None:
        by, text = await self._typed_together(field, added=[name])
        await field.fill(text)
        if by is not None:
            self.lane.noted[JOINED_MEMORY] = {"by": by, "names": reading.names_typed(text, by)}

    async def _typed_together(
        self, locator: Locator | ElementHandle, *, added: Sequence[str] = (), removed: Sequence[str] = ()
    ) -> tuple[str | None, str]:
        """What the field would hold then, with what separates it where it is several values.

        Raises Inexpressible where nothing says how several are separated, or where a name would be taken for two.
        """
        text = await locator.input_value()
        by = self._separator((await engine.evaluate(locator, "separatedBy") or {}).get("by"), text)
        held = reading.names_typed(text, by, self._known)
        if held is None:
            raise self._not_sayable(f"holds '{text}', of which nobody can tell one name from another")
        values = [*(name for name in held if name not in removed), *(name for name in added if name not in held)]
        values = list(dict.fromkeys(values))
        if by is None and len(values) > 1:
            if not all("@" in value for value in values):
                raise self._not_sayable(f"does not say how several are separated in it: {', '.join(values)}")
            by = "; "  # as documented for several addresses, of which none can be taken for a name
        marks = by.strip() if by else ",;"
        cut = [name for name in values if marks and any(mark in name for mark in marks)]
        if by is None:
            cut = [name for name in cut if name not in await self._suggestions(locator)]
        if cut:
            said = f"separates names by '{marks}'" if by else "may separate names by a comma or a semicolon"
            raise self._not_sayable(f"{said}: it would take '{cut[0]}' for two")
        return (by if len(values) > 1 else None), (by or "").join(values)

    def _separator(self, said: str | None, held: str) -> str | None:
        """What the field says, else what was seen to stand in it between known names, if anything was."""
        seen = f"{self.screen.name}: between names in {self.label}"
        if said is None and (by := reading.separator_in(held, self._known)) is not None:
            self.lane.noted[seen] = by
        return said or self.lane.noted.get(seen)

    def _not_sayable(self, why: str) -> Inexpressible:
        groups = self.word.key == words.FIELD_GROUPS.key
        return Inexpressible(
            f"{self.screen.name}: the field {self.label} {why}",
            advice="change it in the console by hand" + (", on the group's own page if it has one" if groups else ""),
        )
