"""A choice of one, and what every list shares that may have to be opened and may load while typing.

Each looks at what is rendered before it acts, and reads back what it then holds: a library may show a value and keep
another.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence

from playwright.async_api import ElementHandle, Locator

from connector.errors import OperationFailed
from page_objects import words
from page_objects.controls import engine
from page_objects.controls.fields import Field
from page_objects.lane import Deadline
from page_objects.words import Word

_LIST_OPENS_SECONDS = 1.5
"""How long a field that asks for nothing may still be about to: many ask when nothing was typed for half a second."""
_TYPED_LIST_OPENS_SECONDS = 0.5
"""A list that is typed into may hold nothing until then."""
_TYPED_ANSWER_SECONDS = 3.0
"""How long a list that asked for nothing, and did not change, may still be about to."""
_LIST_FOLDS_SECONDS = 1.5
_LIST_SETTLES_SECONDS = 0.4
_MOST_LISTS = 4


class Listed(Field):
    """What choices of one and of several share: a list that may have to be opened and may load while typing."""

    async def shape_for(self, name: str) -> str:
        """What is rendered, looked at by using it: a plain text field may bring up a list when it is typed into.

        The field is left as it was. That it brings up a list is kept for all its values, that it does not for this one:
        a console that knows no such value may have nothing to list.
        """
        shape = await self.shape()
        locator = await self.arrive()
        if shape != "text" or await locator.evaluate("el => !!el.list || !el.matches('input')"):
            return shape
        key = f"{self.screen.name}: {self.label} brings a list"
        for_this = f"{key} for {name}"
        if key not in self.lane.noted and for_this not in self.lane.noted:
            self.lane.noted[key if await self._brings_list(locator, name) else for_this] = True
        return "popup-typed" if key in self.lane.noted else "text"

    async def _brings_list(self, locator: Locator, name: str) -> bool:
        held = await locator.input_value()
        if held:  # somebody typed here, or it shows its values as text: nothing to try out
            return False
        await self.lane.remember()
        mark = self.lane.traffic.mark()
        await self.lane.click(locator, what=self.label, screen=self.screen.name)
        await self.lane.page.keyboard.type(beginning(name))
        asking, silent = Deadline(self.lane.timeout), Deadline(_LIST_OPENS_SECONDS)
        while not (found := await self._lists_open()) and not silent.passed and not asking.passed:
            if await self.lane.traffic.settles(mark, asking.left) or await engine.evaluate(self.lane.page, "busy"):
                silent = Deadline(_LIST_OPENS_SECONDS)
                await asking.pause()
            else:
                await silent.pause()
        await locator.fill("")
        if found:
            await self._close(await locator.element_handle())
        return found

    async def _open(self) -> ElementHandle:
        """Opens the list. Gives the element itself: some libraries hide the rest of the form while a list is open."""
        locator = await self.arrive()
        element = await locator.element_handle()
        await self.lane.remember()
        await engine.evaluate(element, "noteOpened")
        if not await self._says_open(element):
            await self.lane.click(locator, what=self.label, screen=self.screen.name)
        return element

    async def _typed_into(self, trigger: ElementHandle, shape: str, *, beside: bool = True) -> ElementHandle | None:
        """Where to type to be offered more, once the list is open: the control itself, or a field the list brought.

        Some inputs are read-only until their list is open, which may take a moment to show.
        """
        if shape == "popup-typed":
            return trigger
        within = await trigger.query_selector_all(engine.selector("typing-within")) if beside else []
        if len(within) == 1:
            return within[0]
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
        # A list that held nothing before it was typed into the last time need not be waited for.
        empty = f"{self.screen.name}: {self.label} lists nothing until typed into"
        opening = Deadline(0 if typed is not None and self.lane.noted.get(empty) else min(self.lane.timeout, patience))
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
        self.lane.noted[empty] = not before
        typing = beginning(names[0])
        await typed.fill("")
        await typed.focus()
        await self.lane.page.keyboard.type(typing)
        grace = Deadline(min(self.lane.timeout, _TYPED_ANSWER_SECONDS))
        while not await option.count():
            settled = self.lane.traffic.answered(mark, typing) and self.lane.traffic.idle(mark)
            changed = await engine.evaluate(self.lane.page, "offered") != before
            busy = await engine.evaluate(self.lane.page, "busy")
            if deadline.passed or (grace.passed and not busy and (settled or changed or self.lane.traffic.idle(mark))):
                return None
            await self.lane.pause(deadline)
        return option

    async def _take(self, names: Sequence[str], *, exact: bool, typed: ElementHandle | None) -> list[str] | None:
        """Clicks the option with one of these names, and gives what it says; None where it is not offered.

        A list that opens may show what it offered the last time, until the answer to this time comes.
        """
        for _ in range(_MOST_LISTS):
            option = await self._wait_for_option(names, exact=exact, typed=typed)
            if option is None:
                return None
            said: list[str] = await engine.evaluate(option, "optionSaid") or []
            if await option.count() > 1:
                await self._only(option, names)
            if await self.lane.click(option, what=f"'{names[0]}'", screen=self.screen.name, may_go=True):
                return said
        raise self.drift("offers a choice and takes it away again", names[0], "a list that changes each time")

    async def _only(self, locator: Locator, names: Sequence[str]) -> Locator:
        return await self.lane.one(
            locator,
            what=f"{self.label} '{names[0]}'",
            screen=self.screen.name,
            expected=" / ".join(names),
            kind="field",
        )

    async def _close(self, element: ElementHandle) -> None:
        """Closes an open list, without choosing what is highlighted in it and without closing the dialog around it.

        Escape is pressed inside the page, in the same moment in which the list is seen to be open: a list may close by
        itself (when what was typed is taken away), and then the key would close the dialog. A list that stays has time
        to fold, and then gets the key from the keyboard.
        Where the list lies in the dialog itself, and the dialog would hear of the key, its field closes it: by a click,
        or by being left where it is typed into. A list that does not mind that its field is left gets the key after
        all. A list of which the field, or it itself, says that it is closed is about to go: no key is pressed on it.
        One that does not mind the key either closes as its field loses the focus, or by a click beside it; the key of
        the keyboard comes last, as it may close the dialog instead. A field may go on saying that its list is open.
        """
        deadline = Deadline(self.lane.timeout)
        going = Deadline(min(self.lane.timeout, _LIST_FOLDS_SECONDS))
        from_outside = False
        ways = iter(self._ways_to_close())
        stays = f"{self.screen.name}: the list of {self.label} stays when its field is left"
        await engine.evaluate(self.lane.page, "putOffDone")  # taking away what was typed may open the list again
        while await self._is_open(element):
            if not self.lane.traffic.idle(0) and not deadline.passed:
                await deadline.pause()  # what is still being fetched would open the list again
                continue
            if deadline.passed:
                raise self.drift("has a list that does not close", "the list to close by Escape", "an open list")
            if not going.passed and await engine.evaluate(element, "isFolding"):
                await going.pause()
                continue
            if await engine.evaluate(element, "togglesInDialog"):
                await self.lane.click(self.locator, what=f"{self.label} again", screen=self.screen.name)
            elif not (from_outside or self.lane.noted.get(stays)) and await engine.evaluate(element, "foldsWhenLeft"):
                self.lane.step(f"leave {self.label}")
                if not await self._folds(element):
                    self.lane.noted[stays] = True
                    await engine.evaluate(element, "backInto")
                continue
            elif from_outside:
                # Its field may go on saying that it is open: the key would go to the dialog then.
                drawn = await self._lists_open()
                way = next(ways, None)
                if not drawn and way in (None, self._press_key):
                    # It may have closed as it was left, and said otherwise.
                    self.lane.noted[self._lies] = True
                    self.lane.noted.pop(stays, None)
                    return
                if way is None:
                    await deadline.pause()
                    continue
                await way(element)
                if await self._folds(element):
                    self.lane.noted[self._closes_by] = way.__name__
                continue
            elif not await engine.evaluate(element, "foldList"):
                await deadline.pause()
                continue
            from_outside = True
            await self._folds(element)
            await self._keep_editing()

    @property
    def _closes_by(self) -> str:
        return f"{self.screen.name}: what closes the list of {self.label}"

    @property
    def _lies(self) -> str:
        return f"{self.screen.name}: the list of {self.label} goes on saying that it is open"

    def _ways_to_close(self) -> list[Callable[[ElementHandle], Awaitable[None]]]:
        """What closes a list that the key in the page does not, the one that did so before first."""
        before = self.lane.noted.get(self._closes_by)
        return sorted((self._lose_focus, self._click_beside, self._press_key), key=lambda way: way.__name__ != before)

    async def _lose_focus(self, element: ElementHandle) -> None:
        self.lane.step(f"leave {self.label}")
        if not await self.lane.page.evaluate("() => document.activeElement !== document.body"):
            # A list may have come up again after its field was left, and closes as that is left once more.
            await engine.evaluate(element, "backInto")
        await element.evaluate("() => document.activeElement?.blur()")

    async def _click_beside(self, element: ElementHandle) -> None:
        beside = self.lane.find("calm", scope=self.screen.scope)
        if await beside.count() == 1:
            await self.lane.click(beside, what=f"a heading, to leave {self.label}", screen=self.screen.name)

    async def _press_key(self, element: ElementHandle) -> None:
        await engine.evaluate(element, "backInto")
        await self.lane.page.keyboard.press("Escape")
        await self._folds(element)
        await self._keep_editing()

    async def _keep_editing(self) -> None:
        """Answers no where a key closed the form after all, and it asks whether what was filled in is to be lost."""
        stay = self.lane.find("action", words.KEEP_EDITING)
        if await stay.count() == 1:
            await self.lane.click(stay, what=f"'{words.KEEP_EDITING.aliases[0]}'", screen=self.screen.name)

    async def _folds(self, element: ElementHandle) -> bool:
        folding = Deadline(min(self.lane.timeout, _LIST_FOLDS_SECONDS))
        while is_open := await self._is_open(element):
            if folding.passed:
                break
            await folding.pause()
        return not is_open

    async def _is_open(self, element: ElementHandle) -> bool:
        return await self._lists_open() or await self._says_open(element)

    async def _says_open(self, element: ElementHandle) -> bool:
        """Whether it says so; one that was seen to say so when nothing was open says nothing by it."""
        return not self.lane.noted.get(self._lies) and await element.get_attribute("aria-expanded") == "true"

    async def _lists_open(self) -> bool:
        return bool(await engine.evaluate(self.lane.page, "offered"))


class Choice(Listed):
    """A choice of one: a native select, radio buttons, or a list that opens."""

    async def choose(self, word: Word) -> None:
        """Chooses the option that carries the word, and waits until it holds it. Raises as `press`, ConsoleDrift."""
        await self.press(word)
        names = self.lane.vocabulary.of(word)
        deadline = Deadline(self.lane.timeout)
        while not await self._holds(names):
            if deadline.passed:
                raise self.drift("does not keep the choice", names[0], ", ".join(await self.read()) or "nothing")
            await deadline.pause()

    async def press(self, word: Word) -> None:
        """The same without waiting for what becomes of it. Raises OperationFailed where it is not offered."""
        names = self.lane.vocabulary.of(word)
        self.lane.step(f"choose {self.label}: {names[0]}")
        shape = await self.shape()
        locator = self.locator
        if shape == "select":
            labels: list[str] = await self.told("labelsOffered")
            await locator.select_option(label=self._pick(labels, names))
        elif shape in ("radios", "boxes"):
            radio = locator.locator(engine.selector("radio" if shape == "radios" else "field", words=names))
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
            if await self._take(names, exact=False, typed=typed) is None:
                offered = await engine.evaluate(self.lane.page, "offered")
                await self._close(trigger)
                raise self._not_offered(names, offered)

    async def holds(self, word: Word) -> bool:
        """Whether it holds the option that carries the word now."""
        return await self._holds(self.lane.vocabulary.of(word))

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


def beginning(name: str) -> str:
    """What to type to be offered a value that the console knows.

    Never the whole of it: many tag inputs offer whatever is typed as a new value, which looks like a known one. And
    nothing from a comma or semicolon on, which some take as the end of a value.
    """
    return re.split(r"[,;]", name)[0].rstrip() if re.search(r"[,;]", name) else name[:-1]


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
