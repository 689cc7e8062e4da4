"""Fields that one types into, a file field, a switch; what each then holds is read back from the page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from playwright.async_api import FilePayload, Locator

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.controls import boxes, engine
from page_objects.controls.base import Control
from page_objects.controls.keys import press_enter
from page_objects.lane import Deadline


class Field(Control):
    """Anything with a label and a value."""

    kind = "field"

    async def shape(self) -> str:
        """What is rendered: text, select, select-many, boxes, radios, popup, popup-typed; lines, of several values."""
        return str(await self.told("shapeOf"))

    async def read(self) -> list[str]:
        """What the field holds now, each value on its own; empty for nothing."""
        return [part for part in (await self.value())["parts"] if part]

    async def value(self) -> dict[str, Any]:
        """What the field holds now as the page draws it: `text`, its `parts`, of chips the address of `each`."""
        value: dict[str, Any] = await self.told("valueOf")
        return value

    async def told(self, function: str) -> Any:
        """What a function of the library, which never gives nothing, tells of the field. Raises as `arrive`."""
        deadline = Deadline(self.lane.timeout)
        called = {"words": self.lane.vocabulary.of(self.word)}
        while (found := await engine.evaluate(self.locator, function, called)) is None:
            if deadline.passed:
                raise self.drift("comes and goes", "a field that stays", "one that is drawn anew again and again")
            await self.arrive()
            await deadline.pause()
        return found

    def drift(self, problem: str, expected: str, seen: str) -> ConsoleDrift:
        where = self.lane.where(self.screen.name)
        return ConsoleDrift(f"{self.screen.name}: {self.label} {problem}", screen=where, expected=expected, seen=seen)


class TextField(Field):
    """A field one types into."""

    async def fill(self, value: str) -> None:
        """Replaces the content. Raises ConsoleDrift where the field then holds something else."""
        locator = await self.arrive()
        self.lane.step(f"fill {self.label}")
        await self.lane.fill(locator, value, self.arrive)
        held = await self.told("holdsNow")
        if held.strip() != value.strip():
            raise self.drift("does not keep what is typed", value, held)


_IS_TYPED_INTO = "el => el.matches('input, textarea, [contenteditable]')"


class AddressesField(TextField):
    """A field that takes one or many e-mail addresses: a text area, a tag input, or one line with separators.

    Beside some of them a button makes lines of what was pasted, and what is sent is those.
    """

    async def takes_many(self) -> bool:
        """Whether it is made for a list: by its own words or by how it is rendered."""
        locator = await self.arrive()
        if await locator.evaluate("el => el.matches('textarea, [contenteditable]')"):
            return True
        plural = self.lane.find("field", words.FIELD_EMAILS, scope=self.screen.scope)
        return bool(await plural.count()) or bool(await engine.evaluate(locator, "takesChips"))

    async def enter(self, addresses: Sequence[str]) -> None:
        """Enters the addresses. Raises ConsoleDrift where the field then holds others."""
        locator = await self.arrive()
        self.lane.step(f"fill {self.label}")
        if not await locator.evaluate(_IS_TYPED_INTO):
            place = await self._place_to_type(locator)
            await place.fill("\n".join(addresses))
            if await engine.evaluate(place, "takesChips"):  # elsewhere Enter would send the form
                await press_enter(self.lane, place, what=self.label)
        elif await engine.evaluate(locator, "takesChips"):
            for address in addresses:
                await locator.fill(address)
                await press_enter(self.lane, locator, what=self.label)
        else:
            await locator.fill("\n".join(addresses))
        wanted = {address.casefold() for address in addresses}
        adder = self.lane.find("beside", words.ADD_TO_LIST, scope=locator)
        if await adder.count() == 1:
            await self._add_to_list(adder, wanted)
            return
        deadline = Deadline(self.lane.timeout)
        while (held := _addresses_in(await self.read())) != wanted:
            if deadline.passed:
                raise self.drift("does not keep what is entered", ", ".join(addresses), ", ".join(sorted(held)))
            await deadline.pause()

    async def _add_to_list(self, adder: Locator, wanted: set[str]) -> None:
        """Makes lines of what was entered. Raises ConsoleDrift where those that came are of others."""
        assert self.screen.scope is not None
        scope = self.screen.scope
        await self.lane.click(adder, what="add the addresses to the list", screen=self.screen.name)
        deadline = Deadline(self.lane.timeout)
        columns = {"columns": self.lane.column_words()}
        while (listed := _addresses_in(await engine.evaluate(scope, "peopleListed", columns) or [])) != wanted:
            if deadline.passed:
                raise self.drift("does not list what is added", ", ".join(sorted(wanted)), ", ".join(sorted(listed)))
            await deadline.pause()

    async def leave_it(self) -> None:
        """Takes the focus away: some make a chip of what was typed only then."""
        locator = await self.arrive()
        if await locator.evaluate(_IS_TYPED_INTO):
            await locator.blur()

    async def _place_to_type(self, locator: Locator) -> Locator:
        """What brings up, when clicked, the place to type into: 'Add addresses' among tags."""
        await self.lane.remember()
        await self.lane.click(locator, what=self.label, screen=self.screen.name)
        return await self.lane.one(
            self.lane.find("typing", scope=self.screen.scope),
            what=f"the place to type {self.label} into",
            screen=self.screen.name,
            expected="a field to type into after a click",
            kind="field",
        )


class FileField(Control):
    """A field for a file; it is usually hidden behind a button or a drop zone, or comes only when that is clicked."""

    kind = "file"

    @property
    def locator(self) -> Locator:
        return self.lane.find("file", words.CHOOSE_FILE, scope=self.screen.scope)

    async def upload(self, path: Path) -> None:
        """Gives the file to the field, or to the browser's own question which file it shall be.

        It is handed over as it is now: a page may send it only once the import is started, and by then it may be gone.
        """
        field = await self.arrive()
        file: FilePayload = {
            "name": path.name,
            "mimeType": "text/csv",
            "buffer": await asyncio.to_thread(path.read_bytes),
        }
        self.lane.step(f"upload {path.name}")
        if await field.evaluate("el => el.matches('input[type=file]')"):
            await field.set_input_files(file)
            return
        async with self.lane.page.expect_file_chooser(timeout=self.lane.timeout * 1000) as asked:
            await self.lane.click(field, what="the place to choose a file", screen=self.screen.name)
        await (await asked.value).set_files(file)


class Switch(Field):
    """A box to tick or a switch; never one of several choices, which is no switch whatever it is called."""

    asked: ClassVar[dict[str, Any]] = {"switches": True}

    async def turn(self, on: bool) -> None:
        """Turns it on or off. Raises ConsoleDrift where it does not show that state then.

        Nothing is pressed where it cannot be told whether it is on.
        """
        wanted = "true" if on else "false"
        if not await self.press(on):
            return
        deadline = Deadline(self.lane.timeout)
        while (held := await self.read()) != [wanted]:
            if deadline.passed:
                raise self.drift("does not turn", "on" if on else "off", ", ".join(held) or "nothing")
            await deadline.pause()

    async def press(self, on: bool) -> bool:
        """Presses it, once, where it is not so yet, without waiting for what becomes of it; whether it was pressed."""
        wanted = "true" if on else "false"
        locator = await self.arrive()
        self.lane.step(f"{'tick' if on else 'untick'} {self.label}")
        held = await self.read()
        if held == [wanted]:
            return False
        if held not in (["true"], ["false"]):
            raise self.drift("does not show whether it is on", "on or off", ", ".join(held) or "nothing")
        await boxes.press(locator)
        return True


def _addresses_in(texts: Sequence[str]) -> set[str]:
    return {found.casefold() for text in texts for found in re.findall(r"[^\s,;<>]+@[^\s,;<>]+", text)}
