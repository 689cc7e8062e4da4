"""A choice of several: boxes to tick, a native list, a tag input, lines, or a plain field with a separator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from playwright.async_api import ElementHandle, Locator

from connector.errors import OperationFailed
from page_objects import reading, words
from page_objects.controls import boxes, engine
from page_objects.controls.keys import press_enter
from page_objects.controls.typed_together import TypedTogether
from page_objects.lane import Deadline

_LIST_SHOWS_SECONDS = 3.0
_MOST_NAMED = 10
_NEW_IS_OFFERED_SECONDS = 1.5
"""How long a list that asks for nothing may still be about to answer to a new name."""
_NEW_IS_DRAWN_SECONDS = 0.4
_NEW = ("Create", "Create group", "Add", "Add group", "Invite", "Use", "New")
_NEW_AS = ("", " as manager", " as a manager", " as new group", " as a new group")
"""How a list offers what is typed as a new value: 'Create "Night Shift"', 'Invite bo@x.example as manager'."""

_NEW_FIELDS = {words.FIELD_GROUPS.key: words.FIELD_NEW_GROUP}
"""By what is chosen, the field of its own in which a new one is named."""


@dataclass(frozen=True)
class Offer:
    """What a field has of one value. `shut`: how it spells one that it shows and does not let be chosen."""

    known: bool
    shut: str | None = None


class MultiChoice(TypedTogether):
    """A choice of several: boxes to tick, a native list, a tag input, lines, or a plain field with a separator."""

    asked: ClassVar[dict[str, Any]] = {"lines": True}

    async def read(self) -> list[str]:
        """What the field holds now, each value on its own; a field that only says how many is asked for its list.

        What is typed beside chips and has not become one is none of it.
        """
        value = await self.value()
        parts: list[str] = value["parts"] if value.get("held") is None else value["held"]
        if value.get("typed") is not None:
            names = reading.names_typed(value["typed"], self._separator(value["by"], value["typed"]), self._known)
            return list(names) if names is not None else parts
        held = [part for part in parts if part]
        if len(held) != 1 or not (count := reading.count_of(held[0])) or not (await self.shape()).startswith("popup"):
            return held
        trigger = await self._open()
        waiting = Deadline(min(self.lane.timeout, _LIST_SHOWS_SECONDS))
        while len(chosen := await engine.evaluate(self.lane.page, "chosenInList")) != count and not waiting.passed:
            await waiting.pause()
        offered = await engine.evaluate(self.lane.page, "offered")
        await self._close(trigger)
        if len(chosen) == count:
            return list(chosen)
        if held[0] in offered:
            return held  # a value that is called so
        raise self.drift("does not show what it holds", f"a list in which {count} are chosen", f"{len(chosen)} chosen")

    async def addresses(self) -> tuple[str, ...] | None:
        """The addresses of those whom the field holds; None where it tells only names."""
        held = await self.read()
        each = (await self.value()).get("each")
        return reading.addresses_of({"parts": held, "text": "; ".join(held), "each": each, "control": True})

    async def removable_chips(self) -> list[str]:
        """What its chips say, each for itself, where each has something that takes it away; else none."""
        chips: list[str] = await self.told("chipsThatGo")
        return chips

    async def offers(self, name: str) -> bool:
        """Whether the console knows this value (and would not have to create it). Leaves the field as it was."""
        return (await self.offer(name)).known

    async def offer(self, name: str) -> Offer:
        """The same, and whether it can be chosen: what is disabled cannot, nor 'Name (dynamic)' by its name alone."""
        shape = await self.shape_for(name)
        locator = await self.arrive()
        if shape in ("select", "select-many"):
            return _offer(await self._native(locator, name) or name, await locator.evaluate(_OPTIONS))
        if shape in ("boxes", "radios"):
            return _offer(name, await engine.evaluate(locator, "boxesOffered", {"name": name}))
        if shape == "text":
            if await self._offers_nothing(locator):
                return Offer(known=name in self._listed)
            return _offer(name, [(option, False) for option in await self._suggestions(locator)])
        if shape == "lines":
            return _offer(name, [(option, False) for option in await engine.evaluate(locator, "offeredInLines")])
        if name in await self.read():
            return Offer(known=True)
        trigger = await self._open()
        typed = await self._typed_into(trigger, shape)
        found = await self._wait_for_option([name], exact=True, typed=typed) is not None
        shown = await engine.evaluate(self.lane.page, "optionsOffered", {"name": name})
        offer = _offer(name, shown)
        if typed is not None:
            await typed.fill("")
        await self._close(trigger)
        return offer if offer.shut else Offer(known=found)

    async def takes_several(self) -> bool:
        """Whether it can hold more than one value: a plain select cannot, nor what was seen to let go of one."""
        return await self.shape() not in ("select", "radios") and not self.lane.learnt.get(self._keeps_one)

    @property
    def _keeps_one(self) -> str:
        return f"{self.screen.name}: {self.label} keeps one value"

    async def kept_all(self, added: Sequence[str]) -> bool:
        """Whether it holds all that was added: some lists take one value, and let go of it for the next; kept if so."""
        if await self.shape() == "boxes":
            return True
        held = await self.read()
        if len(added) < 2 or len(held) != 1 or held[0] not in added:
            return True
        self.lane.learnt[self._keeps_one] = True
        return False

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
        if shape == "lines":
            return list(await engine.evaluate(locator, "offeredInLines"))
        trigger = await self._open()
        deadline = Deadline(min(self.lane.timeout, 3.0))
        offered: list[str] = []
        while not offered and not deadline.passed:
            offered = await engine.evaluate(self.lane.page, "offeredNames")
            await deadline.pause()
        await self._close(trigger)
        return [*offered, *await self.read()]

    async def add(self, name: str, *, create: bool = False) -> None:
        """Adds one value, whole and exact. `create` lets the console make a new one of a name it does not offer."""
        if name in await self.read() or await self._holds_chip_of(name):
            return
        self.lane.step(f"add to {self.label}")
        also = {name}
        before = Counter[str]()
        shape = await self.shape_for(name)
        locator = await self.arrive()
        if shape in ("select", "select-many"):
            if create and not await self._native(locator, name) and await self._type_new(locator, name):
                return
            also.add(await self._add_native(locator, name, shape))
        elif shape in ("boxes", "radios"):
            box = self._box(locator, name)
            if not await box.count() and create:
                if await self._type_new(locator, name):
                    return
            else:
                box = await self._only(box, [name])
                also |= _as_one(await engine.evaluate(box, "optionSaid"))
                await boxes.tick(box, True)
        elif shape == "text":
            await self._add_text(locator, name)
        elif shape == "lines":
            also.add(await self._add_line(locator, name))
        else:
            before = Counter(await self._held_one_by_one())
            also = await self._add_popup(shape, name, create=create)
        deadline = Deadline(self.lane.timeout)
        while True:
            held = await self._held_one_by_one()
            by_chip = await self._holds_chip_of(name)
            # Where chips tell addresses, another person of the same name does not stand for her; nor does one who was
            # held before. What was chosen in a list may be shown joined to the others; what was typed is read as the
            # field says.
            new = [*(Counter(held) - before)]
            joined = reading.pieces_of("; ".join(new)) if shape.startswith("popup") else []
            if by_chip or (by_chip is None and (also.intersection([*new, *joined]) or _of_address(name, new))):
                return
            if deadline.passed:
                raise self.drift("does not keep what is added", name, ", ".join(held) or "nothing")
            await deadline.pause()

    async def _held_one_by_one(self) -> list[str]:
        """What the field holds now, of two chips that say the same each for itself."""
        held = await self.read()
        chips: list[str] = await self.told("chipsSaid")
        return chips if set(chips) == set(held) else held

    async def _holds_chip_of(self, name: str) -> bool | None:
        """Whether a chip is that of this address; None for what is no address, or where not each chip tells one."""
        each = (await self.value()).get("each") if "@" in name else None
        return None if each is None else name.casefold() in map(str.casefold, each)

    async def _holds(self, address: str) -> bool:
        """Whether it holds somebody by her address, which may stand behind her name."""
        return address.casefold() in map(str.casefold, await self.addresses() or ())

    async def remove(self, name: str) -> None:
        """Takes one value away, whole and exact."""
        self.lane.step(f"remove from {self.label}")
        shape = await self.shape()
        locator = await self.arrive()
        if shape in ("select-many", "lines"):
            name = await self._held_as(name)
        if shape == "select-many":
            await locator.select_option(label=[value for value in await self.read() if value != name])
        elif shape in ("boxes", "radios"):
            await boxes.tick(await self._only(self._box(locator, name), [name]), False)
        elif shape == "text":
            value = await self.value()
            if value.get("typed") is not None and name in await self.read():
                _, text = await self._typed_together(locator, removed=[name])
                await locator.fill(text)
            else:
                await self._remove_chip(locator, name)
        elif shape == "lines":
            await self._remove_line(locator, name)
        else:
            await self._remove_chip(locator, name)
        deadline = Deadline(self.lane.timeout)
        while name in (held := await self.read()) or await self._holds(name):
            if deadline.passed:
                raise self.drift("does not let go of a value", f"without {name}", ", ".join(held))
            await deadline.pause()

    # -- where it counts at once, without being saved ---------------------------------------------------------------
    async def press_to_add(self, name: str) -> ElementHandle | None:
        """Chooses one value that the field offers, once; nothing is waited for, and a list that stays open stays.

        What `close_list` takes then, where there is a list. Raises OperationFailed where the value is not offered.
        """
        self.lane.step(f"add to {self.label}")
        shape = await self.shape_for(name)
        locator = await self.arrive()
        if shape == "select-many":
            await self._add_native(locator, name, shape)
        elif shape == "boxes":
            await boxes.tick(await self._only(self._box(locator, name), [name]), True)
        elif shape.startswith("popup"):
            return await self._press_in_list(shape, name, chosen=False)
        else:
            raise self.drift("cannot be changed without being saved", "boxes or a list", shape)
        return None

    async def press_to_remove(self, name: str) -> ElementHandle | None:
        """Takes one value away, once, by what stands beside it, else by its place in the list; as `press_to_add`."""
        self.lane.step(f"remove from {self.label}")
        shape = await self.shape()
        locator = await self.arrive()
        remover = locator.locator(engine.selector("chip-remover", words=[name]))
        if shape == "select-many":
            spelt = await self._held_as(name)
            await locator.select_option(label=[value for value in await self.read() if value != spelt])
        elif shape == "boxes":
            await boxes.tick(await self._only(self._box(locator, name), [name]), False)
        elif await remover.count() or not shape.startswith("popup"):
            await self.lane.click(await self._only(remover, [name]), what=f"remove '{name}'", screen=self.screen.name)
        else:
            return await self._press_in_list(shape, name, chosen=True)
        return None

    async def _press_in_list(self, shape: str, name: str, *, chosen: bool) -> ElementHandle:
        """Clicks a value in the list that the field opens, where the list shows it as chosen, or as not chosen."""
        trigger = await self._open()
        typed = await self._typed_into(trigger, shape)
        found = await self._wait_for_option([name], exact=True, typed=typed)
        if found is not None and (name in await engine.evaluate(self.lane.page, "chosenInList")) is not chosen:
            await self._close(trigger)
            raise self.drift("shows something else in its list", f"'{name}' {'' if chosen else 'not '}chosen", name)
        if found is None or await self._take([name], exact=True, typed=typed) is None:
            offered = await engine.evaluate(self.lane.page, "offered")
            await self._close(trigger)
            raise self._not_offered(name, offered)
        return trigger

    async def close_list(self, trigger: ElementHandle) -> None:
        """Closes the list that `press_to_add` or `press_to_remove` opened, if it is still open."""
        await self._close(trigger)

    # -- how it is done, by what is rendered ------------------------------------------------------------------------
    async def _native_options(self, locator: Locator) -> list[str]:
        labels: list[str] = await locator.evaluate("el => [...el.options].map(o => o.label.trim())")
        return labels

    def _box(self, locator: Locator, name: str) -> Locator:
        return locator.locator(engine.selector("box", words=[name]))

    async def _native(self, locator: Locator, name: str) -> str | None:
        """How a native list spells a value; None where it does not offer it, or offers two people of an address."""
        spelt: list[str] = await engine.evaluate(locator, "nativeSpelt", {"name": name}) or []
        return spelt[0] if len(spelt) == 1 else None

    async def _held_as(self, name: str) -> str:
        """How the field spells a value that it holds: 'Ann Lee (ann@x.example)' for her address."""
        held = await self.read()
        its = _of_address(name, held)
        return its[0] if name not in held and len(its) == 1 else name

    async def _add_native(self, locator: Locator, name: str, shape: str) -> str:
        """Chooses the value; how the list spells it."""
        spelt = await self._native(locator, name)
        if spelt is None:
            raise self._not_offered(name, await self._native_options(locator))
        held = await self.read() if shape == "select-many" else []
        await locator.select_option(label=[*held, spelt])
        return spelt

    async def _type_new(self, locator: Locator, name: str) -> bool:
        """Types a new name where one is to be typed, and never where the choice is narrowed down or searched.

        That is a field of its own beside the boxes (then it holds the name until the form is saved: True), or the one
        among them whose value becomes a box. Raises OperationFailed where nothing takes a new name.
        """
        own = _NEW_FIELDS.get(self.word.key)
        beside = self.lane.find("field", own, scope=self.screen.scope) if own else None
        if own and beside is not None and await beside.count():
            field = await self.lane.one(
                beside,
                what=f"a new one of the {self.label}",
                screen=self.screen.name,
                expected=own.aliases[0],
                kind="field",
            )
            held = (await field.input_value()).strip()
            # One that says so takes several, and a comma in a name would make two of it there.
            by = ((await engine.evaluate(field, "separatedBy")) or {}).get("by")
            if by and by.strip() in name:
                raise self._takes_no_new(name, f"a field for new ones that are separated by '{by.strip()}'")
            if held not in ("", name) and not by:
                raise self._takes_no_new(name, f"the field for a new one holds '{held}' already")
            more = held and by and name not in (reading.names_typed(held, by) or ())
            typed = f"{held}{by}{name}" if more else held or name
            await field.fill(typed)
            if (await field.input_value()).strip() != typed:
                raise self.drift("does not keep what is typed", typed, await field.input_value())
            await self._commit(field, name)
            return True
        among = locator.locator(engine.selector("typing-new"))
        if await among.count() != 1:
            raise self._takes_no_new(name, ", ".join(await self._options_named(locator)) or "no options")
        await among.fill(name)
        await self._commit(among, name)
        return False

    def _takes_no_new(self, name: str, seen: str) -> OperationFailed:
        return OperationFailed(
            f"{self.screen.name}: {self.label} does not offer '{name}', and nothing there says that it takes a new one",
            screen=self.lane.where(self.screen.name),
            seen=seen,
            advice="make it by `workramp groups create` first" if self.word is words.FIELD_GROUPS else None,
        )

    async def _commit(self, field: Locator, name: str) -> None:
        """A button beside the field adds what was typed; else Enter does where the control takes chips.

        Elsewhere Enter adds nothing.
        """
        if (adder := await self._adder(field)) is not None:
            await self.lane.click(adder, what=f"add '{name}'", screen=self.screen.name)
        elif await engine.evaluate(field, "takesChips"):
            await press_enter(self.lane, field, what=self.label)

    async def _add_line(self, locator: Locator, name: str) -> str:
        """Into an empty line, for which another is asked where there is none; how the line spells it."""
        empty = self._line(locator, "")
        if not await empty.count():
            adder = locator.locator(engine.selector("line-adder"))
            await self.lane.click(await self._only(adder, [name]), what="add a line", screen=self.screen.name)
            deadline = Deadline(self.lane.timeout)
            while not await empty.count():
                if deadline.passed:
                    raise self.drift("brings up no further line", "an empty one", ", ".join(await self.read()))
                await deadline.pause()
        if await empty.evaluate("el => el.matches('select')"):
            return await self._add_native(empty, name, "select")
        await empty.fill(name)
        return name

    async def _remove_line(self, locator: Locator, name: str) -> None:
        """By the button in its line; where it has none, by emptying it."""
        remover = locator.locator(engine.selector("line-remover", words=[name]))
        if await remover.count() == 1:
            await self.lane.click(remover, what=f"remove '{name}'", screen=self.screen.name)
            return
        line = await self._only(self._line(locator, name), [name])
        if await line.evaluate("el => el.matches('select')"):
            await line.select_option(value="")
        else:
            await line.fill("")

    async def _options_named(self, locator: Locator) -> list[str]:
        named = "labelsOffered" if await locator.evaluate("el => el.matches('select')") else "boxNames"
        found: list[str] = await engine.evaluate(locator, named)
        return found[:_MOST_NAMED]

    def _line(self, locator: Locator, value: str) -> Locator:
        return locator.locator(engine.selector("line", words=[value]))

    def _not_offered(self, name: str, offered: Sequence[str]) -> OperationFailed:
        return OperationFailed(
            f"{self.screen.name}: {self.label} does not offer '{name}'",
            screen=self.lane.where(self.screen.name),
            seen=", ".join(offered) or "no options",
        )

    async def _add_popup(self, shape: str, name: str, *, create: bool) -> set[str]:
        """Chooses or creates the value; what the field may show for it then (a person's name for her address)."""
        shown = {name}
        trigger = await self._open()
        typed = await self._typed_into(trigger, shape)
        if create and typed is not None and await self._type_after_others(typed, name):
            await self._close(trigger)
            return shown
        said = await self._take([name], exact=True, typed=typed)
        if said is not None:
            shown |= _as_one(said)
        elif create and typed is not None:
            mark = self.lane.traffic.mark()
            if await typed.input_value() != name:
                await typed.fill(name)
            new = self._option(_as_new(name), exact=False)
            await self._answers(new, name, mark)
            if await new.count() == 1:
                await new.click()
            else:
                await press_enter(self.lane, typed, what=self.label)
        else:
            offered = await engine.evaluate(self.lane.page, "offered")
            if typed is not None:
                await typed.fill("")
            await self._close(trigger)
            raise self._not_offered(name, offered)
        await self._close(trigger)
        if said is None and typed is not None:
            # What is typed and no value is taken away by some fields only when they are left, as by the next click.
            await typed.evaluate("el => el.blur()")
        return shown

    async def _type_after_others(self, typed: ElementHandle, name: str) -> bool:
        """Types the value behind those that the field holds as text, where it says that it takes several so.

        To look for it in the list would take them away.
        """
        text = await engine.evaluate(typed, "separatedBy")
        if text is None or not text["held"].strip():
            return False
        await self._type_together(typed, name)
        return True

    async def _answers(self, new: Locator, name: str, mark: int) -> None:
        """Waits until the list has answered to what was typed since the mark: by offering it as new, or otherwise.

        Many ask only when nothing was typed for a while; what they offer until then is the answer to less.
        """
        deadline, silent = Deadline(self.lane.timeout), Deadline(min(self.lane.timeout, _NEW_IS_OFFERED_SECONDS))
        drawn: Deadline | None = None
        while not await new.count() and not deadline.passed:
            if self.lane.traffic.answered(mark, name) and self.lane.traffic.idle(mark):
                drawn = drawn or Deadline(_NEW_IS_DRAWN_SECONDS)
            busy = not self.lane.traffic.idle(mark) or await engine.evaluate(self.lane.page, "busy")
            if (drawn or silent).passed and not busy:
                break
            await deadline.pause()

    async def _remove_chip(self, locator: Locator, name: str) -> None:
        kept = locator.locator(engine.selector("kept-box", words=[name]))
        if await kept.count():
            await boxes.tick(await self._only(kept, [name]), False)
            return
        chip = locator.locator(engine.selector("chip-remover", words=[name]))
        if await chip.count():
            field = await locator.element_handle()
            await self.lane.remember()
            await self.lane.click(await self._only(chip, [name]), what=f"remove '{name}'", screen=self.screen.name)
            await self._close(field)  # some fields open their list when a value is taken away
            return
        before = await self.read()
        if not await self._untick_in_list(name):
            raise self.drift(f"has no way to take '{name}' away", "a chip with a remove button", ", ".join(before))
        if len(after := await self.read()) > len(before):
            taken_in = set(after).difference(before)
            raise self.drift(f"takes in what should be let go: '{name}'", "one value less", ", ".join(taken_in))

    async def _untick_in_list(self, name: str) -> bool:
        """Takes a value away by choosing it again in the list that the field opens; False where it is not in one."""
        shape = await self.shape()
        if not shape.startswith("popup"):
            return False
        trigger = await self._open()
        typed = await self._typed_into(trigger, shape)
        there = await self._take([name], exact=True, typed=typed) is not None
        if not there and typed is not None:
            await typed.fill("")
        await self._close(trigger)
        return there


_OPTIONS = "el => [...el.options].map(o => [o.label.trim(), o.disabled || !!o.closest('optgroup:disabled')])"


def _offer(name: str, options: Sequence[Sequence[Any]]) -> Offer:
    """What a list of options, each with whether it is disabled, has of a value."""
    same = [disabled for label, disabled in options if label == name]
    if same:
        return Offer(known=True, shut=name if all(same) else None)
    with_kind = [label for label, _ in options if reading.without_kind(label) == name]
    return Offer(known=bool(with_kind), shut=with_kind[0] if with_kind else None)


def _as_new(name: str) -> list[str]:
    shapes = (name, f'"{name}"', f"'{name}'", f"‘{name}’")
    return [*(f"{verb} {shape}{end}" for verb in _NEW for shape in shapes for end in _NEW_AS), f"+ {name}"]


def _of_address(name: str, held: Sequence[str]) -> list[str]:
    """Those of the values that are somebody by her address, which may stand behind her name: 'Ann Lee (ann@x)'."""
    values = [(each, reading.addresses_of({"parts": [each], "text": each, "control": True})) for each in held]
    return [each for each, of in values if of and [one.casefold() for one in of] == [name.casefold()]]


def _as_one(said: Sequence[str] | None) -> set[str]:
    """How a field may show what says this in pieces: by one of them, by all, or by the name beside an address."""
    pieces = said or ()
    names = {name for piece in pieces if (name := reading.name_before_address(piece))}
    return {*pieces, *names, " ".join(pieces), "".join(pieces)} - {""}
