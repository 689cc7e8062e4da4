"""Controls that hold a value: a text field, a choice of one, a choice of several, a file, a switch.

Each looks at what is rendered (a native control, a composite widget with its list in a portal, clickable boxes) before
it acts, and reads back what it then holds: a library may show a value and keep another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.async_api import ElementHandle, Locator

from connector.errors import ConsoleDrift, OperationFailed
from page_objects import words
from page_objects.controls import engine
from page_objects.controls.base import Control
from page_objects.lane import Deadline
from page_objects.words import Word

_LIST_OPENS_SECONDS = 1.5
_TYPED_LIST_OPENS_SECONDS = 0.5
"""A list that is typed into may hold nothing until then."""
_LIST_FOLDS_SECONDS = 1.5
_LIST_SETTLES_SECONDS = 0.4

_SHAPE = """el => {
  if (el.matches('select')) return el.multiple ? 'select-many' : 'select';
  const boxes = el.querySelectorAll('input[type=checkbox], [role=checkbox]').length;
  const radios = el.querySelectorAll('input[type=radio], [role=radio]').length;
  if (boxes || radios) return boxes ? 'boxes' : 'radios';
  const popup = !el.list && el.matches('[role=combobox], [role=listbox], [aria-haspopup], [aria-autocomplete]')
    || !el.matches('input, textarea, [contenteditable], [role=textbox]');
  const typed = el.matches('input, textarea, [contenteditable]') && !el.readOnly && !el.disabled;
  return popup ? (typed ? 'popup-typed' : 'popup') : 'text';
}"""


class Field(Control):
    """Anything with a label and a value."""

    kind = "field"

    async def shape(self) -> str:
        """What is rendered: text, select, select-many, boxes, radios, popup, popup-typed."""
        return str(await (await self.arrive()).evaluate(_SHAPE))

    async def read(self) -> list[str]:
        """What the field holds now, each value on its own; empty for nothing."""
        value: dict[str, Any] | None = await engine.evaluate(await self.arrive(), "valueOf")
        if value is None:  # it went away after it had arrived: look again, which says so if it stays away
            return await self.read()
        return [part for part in value["parts"] if part]

    def drift(self, problem: str, expected: str, seen: str) -> ConsoleDrift:
        where = self.lane.where(self.screen.name)
        return ConsoleDrift(f"{self.screen.name}: {self.label} {problem}", screen=where, expected=expected, seen=seen)


class TextField(Field):
    """A field one types into."""

    async def fill(self, value: str) -> None:
        """Replaces the content. Raises ConsoleDrift where the field then holds something else."""
        locator = await self.arrive()
        self.lane.step(f"fill {self.label}")
        await locator.fill(value)
        held = await locator.evaluate("el => el.value ?? el.textContent")
        if held.strip() != value.strip():
            raise self.drift("does not keep what is typed", value, held)


class AddressesField(TextField):
    """A field that takes one or many e-mail addresses: a text area, a tag input, or one line with separators."""

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
        if await engine.evaluate(locator, "takesChips"):
            for address in addresses:
                await locator.fill(address)
                await locator.press("Enter")
        else:
            await locator.fill("\n".join(addresses))
        wanted = {address.casefold() for address in addresses}
        deadline = Deadline(self.lane.timeout)
        while (held := _addresses_in(await self.read())) != wanted:
            if deadline.passed:
                raise self.drift("does not keep what is entered", ", ".join(addresses), ", ".join(sorted(held)))
            await deadline.pause()


class SecretField(TextField):
    """A field for a secret: nothing of it is read back, logged or put into a message."""

    async def fill(self, value: str) -> None:
        locator = await self.arrive()
        self.lane.step(f"fill {self.label}")
        await locator.fill(value)


class _Listed(Field):
    """What choices of one and of several share: a list that may have to be opened and may load while typing."""

    async def shape_for(self, name: str) -> str:
        """What is rendered, looked at by using it: a plain text field may bring up a list when it is typed into.

        The field is left as it was. What was found out is kept for the other values of the same field.
        """
        shape = await self.shape()
        locator = await self.arrive()
        if shape != "text" or await locator.evaluate("el => !!el.list || !el.matches('input')"):
            return shape
        key = f"{self.screen.name}: {self.label} brings a list"
        if key not in self.lane.noted:
            self.lane.noted[key] = await self._brings_list(locator, name)
        return "popup-typed" if self.lane.noted[key] is True else "text"

    async def _brings_list(self, locator: Locator, name: str) -> bool:
        held = await locator.input_value()
        if held:  # somebody typed here, or it shows its values as text: nothing to try out
            return False
        await self.lane.remember()
        mark = self.lane.traffic.mark()
        await self.lane.click(locator, what=self.label, screen=self.screen.name)
        await self.lane.page.keyboard.type(_beginning(name))
        waiting = Deadline(min(self.lane.timeout, _LIST_OPENS_SECONDS))
        while not (found := await self._lists_open()) and not (
            waiting.passed and self.lane.traffic.idle(mark) and not await engine.evaluate(self.lane.page, "busy")
        ):
            await waiting.pause()
        await locator.fill("")
        if found:
            await self._close(await locator.element_handle())
        return found

    async def _open(self) -> ElementHandle:
        """Opens the list. Gives the element itself: some libraries hide the rest of the form while a list is open."""
        locator = await self.arrive()
        element = await locator.element_handle()
        await self.lane.remember()
        if await element.get_attribute("aria-expanded") != "true":
            await self.lane.click(locator, what=self.label, screen=self.screen.name)
        return element

    async def _typed_into(self, trigger: ElementHandle, shape: str, *, beside: bool = True) -> ElementHandle | None:
        """Where to type to be offered more, once the list is open: the control itself, or a field the list brought.

        Some inputs are read-only until their list is open, which may take a moment to show.
        """
        if shape == "popup-typed":
            return trigger
        waiting = Deadline(min(self.lane.timeout, _LIST_SETTLES_SECONDS))
        while await trigger.evaluate("el => el.matches('input')"):
            if await trigger.evaluate("el => !el.readOnly && !el.disabled"):
                return trigger
            if waiting.passed:
                break
            await waiting.pause()
        return await self._typing_place() if beside else None

    async def _typing_place(self) -> ElementHandle | None:
        """The field to type into that an opened list brought along (a list with a search box), if any."""
        inside = self.lane.page.locator(engine.selector("typing"))
        return await inside.element_handle() if await inside.count() == 1 else None

    def _option(self, names: Sequence[str], *, exact: bool) -> Locator:
        return self.lane.page.locator(engine.selector("option", words=list(names), exact=exact))

    async def _wait_for_option(
        self, names: Sequence[str], *, exact: bool, typed: ElementHandle | None
    ) -> Locator | None:
        """The option with one of these names, typed for if need be; None where it is not offered."""
        option = self._option(names, exact=exact)
        deadline = Deadline(self.lane.timeout)
        patience = _TYPED_LIST_OPENS_SECONDS if typed is not None else self.lane.timeout
        opening = Deadline(min(self.lane.timeout, patience))
        unfolded: Deadline | None = None
        while not await option.count():
            # A list that is open is whole, unless it can be asked for more by typing. Something else may come up first.
            if await engine.evaluate(self.lane.page, "offered") and not await engine.evaluate(self.lane.page, "busy"):
                unfolded = unfolded or Deadline(_LIST_SETTLES_SECONDS)
                if unfolded.passed:
                    break
            else:
                unfolded = None
            if opening.passed:
                break
            await opening.pause()
        if await option.count():
            return option
        if typed is None:
            return None
        mark = self.lane.traffic.mark()
        before = await engine.evaluate(self.lane.page, "offered")
        typing = _beginning(names[0])
        await typed.fill("")
        await typed.focus()
        await self.lane.page.keyboard.type(typing)
        grace = Deadline(min(self.lane.timeout, 2.0))
        while not await option.count():
            settled = self.lane.traffic.answered(mark, typing) and self.lane.traffic.idle(mark)
            changed = await engine.evaluate(self.lane.page, "offered") != before
            busy = await engine.evaluate(self.lane.page, "busy")
            if deadline.passed or (grace.passed and not busy and (settled or changed or self.lane.traffic.idle(mark))):
                return None
            await deadline.pause()
        return option

    async def _close(self, element: ElementHandle) -> None:
        """Closes an open list, without choosing what is highlighted in it and without closing the dialog around it.

        Escape is pressed again only after the list had time to fold: on a closed list it would close the dialog.
        """
        deadline = Deadline(self.lane.timeout)
        while await self._lists_open() or await element.get_attribute("aria-expanded") == "true":
            if not self.lane.traffic.idle(0) and not deadline.passed:
                await deadline.pause()  # what is still being fetched would open the list again
                continue
            if deadline.passed:
                raise self.drift("has a list that does not close", "the list to close by Escape", "an open list")
            await self.lane.page.keyboard.press("Escape")
            folding = Deadline(min(self.lane.timeout, _LIST_FOLDS_SECONDS))
            while not folding.passed and (
                await self._lists_open() or await element.get_attribute("aria-expanded") == "true"
            ):
                await folding.pause()

    async def _lists_open(self) -> bool:
        return bool(await engine.evaluate(self.lane.page, "offered"))


class Choice(_Listed):
    """A choice of one: a native select, radio buttons, or a list that opens."""

    async def choose(self, word: Word) -> None:
        """Chooses the option that carries the word. Raises OperationFailed where it is not offered."""
        names = self.lane.vocabulary.of(word)
        self.lane.step(f"choose {self.label}: {names[0]}")
        shape = await self.shape()
        locator = await self.arrive()
        if shape == "select":
            labels: list[str] = await locator.evaluate(
                "el => [...el.options].filter(o => !o.disabled).map(o => o.label)"
            )
            await locator.select_option(label=self._pick(labels, names))
        elif shape in ("radios", "boxes"):
            radio = locator.locator(engine.selector("field", words=names))
            await self.lane.click(
                await self._only(radio, names), what=f"{self.label} {names[0]}", screen=self.screen.name
            )
        elif shape == "text":
            raise self.drift("is a text field, not a choice", "a list of roles", "a text field")
        else:
            if await self._holds(names):
                return
            trigger = await self._open()
            typed = await self._typed_into(trigger, shape, beside=False)
            option = await self._wait_for_option(names, exact=False, typed=typed)
            if option is None:
                offered = await engine.evaluate(self.lane.page, "offered")
                await self._close(trigger)
                raise self._not_offered(names, offered)
            await self.lane.click(await self._only(option, names), what=names[0], screen=self.screen.name)
        deadline = Deadline(self.lane.timeout)
        while not await self._holds(names):
            if deadline.passed:
                raise self.drift("does not keep the choice", names[0], ", ".join(await self.read()) or "nothing")
            await deadline.pause()

    async def _holds(self, names: Sequence[str]) -> bool:
        held = await self.read()
        return bool(held) and any(_pick_one([value], names) for value in [*held, " ".join(held)])

    def _pick(self, labels: Sequence[str], names: Sequence[str]) -> str:
        label = _pick_one(labels, names)
        if label is None:
            raise self._not_offered(names, labels)
        return label

    def _not_offered(self, names: Sequence[str], offered: Sequence[str]) -> OperationFailed:
        return OperationFailed(
            f"{self.screen.name}: {self.label} does not offer {names[0]}",
            screen=self.lane.where(self.screen.name),
            expected=" / ".join(names),
            seen=", ".join(offered) or "no options",
        )

    async def _only(self, locator: Locator, names: Sequence[str]) -> Locator:
        return await self.lane.one(
            locator,
            what=f"{self.label} '{names[0]}'",
            screen=self.screen.name,
            expected=" / ".join(names),
            kind="field",
        )


class MultiChoice(_Listed):
    """A choice of several: boxes to tick, a native list, a tag input, or a plain field with a separator."""

    async def offers(self, name: str) -> bool:
        """Whether the console knows this value (and would not have to create it). Leaves the field as it was."""
        shape = await self.shape_for(name)
        locator = await self.arrive()
        if shape in ("select", "select-many"):
            return name in await self._native_options(locator)
        if shape in ("boxes", "radios"):
            return await self._box(locator, name).count() == 1
        if shape == "text":
            return name in await self._suggestions(locator)
        if name in await self.read():
            return True
        trigger = await self._open()
        typed = await self._typed_into(trigger, shape)
        found = await self._wait_for_option([name], exact=True, typed=typed) is not None
        if typed is not None:
            await typed.fill("")
        await self._close(trigger)
        return found

    async def takes_several(self) -> bool:
        """Whether it can hold more than one value: a plain select cannot."""
        return await self.shape() not in ("select", "radios")

    async def options(self) -> list[str]:
        """Everything the console offers here without being asked for a name; of a long list perhaps only a part."""
        shape = await self.shape()
        locator = await self.arrive()
        if shape in ("select", "select-many"):
            return await self._native_options(locator)
        if shape in ("boxes", "radios"):
            boxes: list[str] = await engine.evaluate(locator, "boxNames")
            return boxes
        if shape == "text":
            return await self._suggestions(locator)
        trigger = await self._open()
        deadline = Deadline(min(self.lane.timeout, 3.0))
        offered: list[str] = []
        while not offered and not deadline.passed:
            offered = await engine.evaluate(self.lane.page, "offered")
            await deadline.pause()
        await self._close(trigger)
        return [*offered, *await self.read()]

    async def add(self, name: str, *, create: bool = False) -> None:
        """Adds one value, whole and exact. `create` lets the console make a new one of a name it does not offer."""
        if name in await self.read():
            return
        self.lane.step(f"add to {self.label}")
        also = {name}
        shape = await self.shape_for(name)
        locator = await self.arrive()
        if shape in ("select", "select-many"):
            await self._add_native(locator, name, shape)
        elif shape in ("boxes", "radios"):
            box = self._box(locator, name)
            if not await box.count() and create:
                await self._type_new(locator, name)
            else:
                await (await self._one(box, name)).set_checked(True, force=True)
        elif shape == "text":
            await self._add_text(locator, name)
        else:
            also = await self._add_popup(shape, name, create=create)
        deadline = Deadline(self.lane.timeout)
        while not also.intersection(held := await self.read()) and not also.intersection(_split("; ".join(held))):
            if deadline.passed:
                raise self.drift("does not keep what is added", name, ", ".join(held) or "nothing")
            await deadline.pause()

    async def remove(self, name: str) -> None:
        """Takes one value away, whole and exact."""
        self.lane.step(f"remove from {self.label}")
        shape = await self.shape()
        locator = await self.arrive()
        if shape == "select-many":
            held = [value for value in await self.read() if value != name]
            await locator.select_option(label=held)
        elif shape in ("boxes", "radios"):
            await (await self._one(self._box(locator, name), name)).set_checked(False, force=True)
        elif shape == "text":
            typed = _split(await locator.input_value())
            if name in typed:
                await locator.fill(self._separator(await locator.input_value()).join(v for v in typed if v != name))
            else:
                await self._remove_chip(locator, name)
        else:
            await self._remove_chip(locator, name)
        deadline = Deadline(self.lane.timeout)
        while name in (held := await self.read()):
            if deadline.passed:
                raise self.drift("does not let go of a value", f"without {name}", ", ".join(held))
            await deadline.pause()

    # -- how it is done, by what is rendered ------------------------------------------------------------------------
    async def _native_options(self, locator: Locator) -> list[str]:
        labels: list[str] = await locator.evaluate("el => [...el.options].map(o => o.label.trim())")
        return labels

    async def _suggestions(self, locator: Locator) -> list[str]:
        """The names a text field offers: of its datalist, or of boxes and chips shown beside it."""
        listed: list[str] = await locator.evaluate("el => [...(el.list?.options ?? [])].map(o => o.value.trim())")
        return listed

    def _box(self, locator: Locator, name: str) -> Locator:
        return locator.locator(engine.selector("box", words=[name]))

    async def _one(self, locator: Locator, name: str) -> Locator:
        return await self.lane.one(
            locator, what=f"{self.label} '{name}'", screen=self.screen.name, expected=name, kind="field"
        )

    async def _add_native(self, locator: Locator, name: str, shape: str) -> None:
        if name not in await self._native_options(locator):
            raise OperationFailed(
                f"{self.screen.name}: {self.label} does not offer '{name}'",
                screen=self.lane.where(self.screen.name),
                seen=", ".join(await self._native_options(locator)),
            )
        held = await self.read() if shape == "select-many" else []
        await locator.select_option(label=[*held, name])

    async def _type_new(self, locator: Locator, name: str) -> None:
        """A new name typed into the one text field among the boxes, or beside them."""
        field = locator.locator("input:not([type=checkbox]):not([type=radio]):not([type=hidden])")
        field = await self._one(field, name)
        await field.fill(name)
        await self._commit(field, name)

    async def _commit(self, field: Locator, name: str) -> None:
        """A button beside the field adds what was typed; else Enter does where the control takes chips.

        Elsewhere Enter would send the form.
        """
        add = self.lane.find("beside", words.ADD_VALUE, scope=field)
        if await add.count() == 1:
            await self.lane.click(add, what=f"add '{name}'", screen=self.screen.name)
        elif await engine.evaluate(field, "takesChips"):
            await field.press("Enter")

    async def _add_text(self, locator: Locator, name: str) -> None:
        if await engine.evaluate(locator, "takesChips"):
            await locator.fill(name)
            await locator.press("Enter")
            return
        held = await locator.input_value()
        await locator.fill(f"{held}{self._separator(held)}{name}" if held.strip() else name)

    def _separator(self, held: str) -> str:
        return ", " if "," in held else "; "

    async def _add_popup(self, shape: str, name: str, *, create: bool) -> set[str]:
        """Chooses or creates the value; what the field may show for it then (a person's name for her address)."""
        shown = {name}
        trigger = await self._open()
        typed = await self._typed_into(trigger, shape)
        option = await self._wait_for_option([name], exact=True, typed=typed)
        if option is not None:
            said = await engine.evaluate(option, "parts") or []
            shown |= {*said, " ".join(said)}
            await self.lane.click(await self._one(option, name), what=f"'{name}'", screen=self.screen.name)
        elif create and typed is not None:
            if await typed.input_value() != name:
                await typed.fill(name)
            new = self._option(
                [f"Create {name}", f'Create "{name}"', f"Add {name}", f'Add "{name}"', f"+ {name}"], exact=False
            )
            if await new.count() == 1:
                await new.click()
            else:
                await typed.press("Enter")
        else:
            offered = await engine.evaluate(self.lane.page, "offered")
            if typed is not None:
                await typed.fill("")
            await self._close(trigger)
            raise OperationFailed(
                f"{self.screen.name}: {self.label} does not offer '{name}'",
                screen=self.lane.where(self.screen.name),
                seen=", ".join(offered) or "no options",
            )
        await self._close(trigger)
        return shown

    async def _remove_chip(self, locator: Locator, name: str) -> None:
        chip = locator.locator(engine.selector("chip-remover", words=[name]))
        if await chip.count():
            await self.lane.click(await self._one(chip, name), what=f"remove '{name}'", screen=self.screen.name)
        elif not await self._untick_in_list(name):
            raise self.drift(
                f"has no way to take '{name}' away", "a chip with a remove button", ", ".join(await self.read())
            )

    async def _untick_in_list(self, name: str) -> bool:
        """Takes a value away by choosing it again in the list that the field opens; False where it is not in one."""
        shape = await self.shape()
        if not shape.startswith("popup"):
            return False
        trigger = await self._open()
        typed = await self._typed_into(trigger, shape)
        option = await self._wait_for_option([name], exact=True, typed=typed)
        if option is not None:
            await self.lane.click(await self._one(option, name), what=f"'{name}' again", screen=self.screen.name)
        elif typed is not None:
            await typed.fill("")
        await self._close(trigger)
        return option is not None


class FileField(Control):
    """A field for a file; it is usually hidden behind a button or a drop zone, or comes only when that is clicked."""

    kind = "file"

    @property
    def locator(self) -> Locator:
        return self.lane.find("file", words.CHOOSE_FILE, scope=self.screen.scope)

    async def upload(self, path: Path) -> None:
        """Gives the file to the field, or to the browser's own question which file it shall be."""
        field = await self.arrive()
        self.lane.step(f"upload {path.name}")
        if await field.evaluate("el => el.matches('input[type=file]')"):
            await field.set_input_files(path)
            return
        async with self.lane.page.expect_file_chooser(timeout=self.lane.timeout * 1000) as asked:
            await self.lane.click(field, what="the place to choose a file", screen=self.screen.name)
        await (await asked.value).set_files(path)


class Switch(Field):
    """A box to tick or a switch."""

    async def turn(self, on: bool) -> None:
        """Turns it on or off. Raises ConsoleDrift where it does not show that state then."""
        wanted = "true" if on else "false"
        locator = await self.arrive()
        self.lane.step(f"{'tick' if on else 'untick'} {self.label}")
        if await self.read() == [wanted]:
            return
        await locator.click(force=True)
        deadline = Deadline(self.lane.timeout)
        while (held := await self.read()) != [wanted]:
            if deadline.passed:
                raise self.drift("does not turn", "on" if on else "off", ", ".join(held) or "nothing")
            await deadline.pause()


def _beginning(name: str) -> str:
    """What to type to be offered a value that the console knows.

    Never the whole of it: many tag inputs offer whatever is typed as a new value, which looks like a known one. And
    nothing from a comma or semicolon on, which some take as the end of a value.
    """
    return re.split(r"[,;]", name)[0].rstrip() if re.search(r"[,;]", name) else name[:-1]


def _addresses_in(texts: Sequence[str]) -> set[str]:
    return {found.casefold() for text in texts for found in re.findall(r"[^\s,;<>]+@[^\s,;<>]+", text)}


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip().casefold()


def _bare(text: str) -> str:
    text = re.sub(r"\s*[(\[](required|optional|default|\d[\d.,]*)[)\]]\s*$", "", _fold(text))
    return re.sub(r"^[^\w]+|[^\w)\]]+$", "", text)


def _pick_one(labels: Sequence[str], names: Sequence[str]) -> str | None:
    """The one label that is one of the names: exactly, else but for ornaments; None for none or several."""
    for form in (_fold, _bare):
        wanted = {form(name) for name in names}
        hits = [label for label in labels if form(label) in wanted]
        if hits:
            return hits[0] if len(hits) == 1 else None
    return None


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]
