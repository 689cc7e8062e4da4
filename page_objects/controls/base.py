"""What a screen is made of: declared elements, and a scope in which they are looked for."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, Self, TypeVar, overload

from playwright.async_api import Locator

from page_objects.controls import engine
from page_objects.lane import Lane
from page_objects.words import Word

C = TypeVar("C", bound="Control")


class Screen:
    """One screen, dialog or drawer. `scope` is the element that holds it; None means the whole page."""

    name: ClassVar[str] = "screen"
    elements: ClassVar[dict[str, Declared[Any]]] = {}

    def __init__(self, lane: Lane, scope: Locator | None = None) -> None:
        self.lane = lane
        self.scope = scope

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        declared = {k: v for base in reversed(cls.__mro__) for k, v in vars(base).items() if isinstance(v, Declared)}
        cls.elements = declared

    async def which_are_shown(self, *names: str) -> set[str]:
        """Which of these elements are there now, each exactly once, in one look and without waiting.

        `names` are those of the attributes by which they are declared.
        """
        declared = [(name, self.elements[name]) for name in names]
        queries = [self.lane.query(each.control.kind, each.word, **each.control.asked) for _, each in declared]
        root = self.lane.page if self.scope is None else self.scope
        found: list[int] = await engine.evaluate(root, "counts", {"queries": queries}) or [0] * len(names)
        return {name for name, number in zip(names, found, strict=True) if number == 1}


class Control:
    """One element of a screen, found by its word and looked at before it is acted on."""

    kind: ClassVar[str] = "action"
    asked: ClassVar[dict[str, Any]] = {}
    """What is asked besides the word when it is looked for."""

    def __init__(self, screen: Screen, word: Word, label: str, tab: Word | None = None) -> None:
        self.screen = screen
        self.lane = screen.lane
        self.word = word
        self.label = label
        self.tab = tab

    @property
    def locator(self) -> Locator:
        if self.tab is None:
            return self.lane.find(self.kind, self.word, scope=self.screen.scope, **self.asked)
        tabs = self.lane.vocabulary.of(self.tab)
        return self.lane.find(self.kind, self.word, scope=self.screen.scope, tabs=tabs, **self.asked)

    async def is_shown(self) -> bool:
        """Whether exactly one is there now, without waiting."""
        return await self.locator.count() == 1

    async def arrive(self) -> Locator:
        """Waits for exactly one. Raises ConsoleDrift or SessionEnded (see Lane.one)."""
        return await self.lane.one(
            self.locator,
            what=self.label,
            screen=self.screen.name,
            expected=" / ".join(self.lane.vocabulary.of(self.word)[:6]),
            kind=self.kind,
        )


class Declared(Generic[C]):
    """Declares an element of a screen: which control, which word, and whether the screen cannot do without it.

    `tab` is the tab that it may lie on: one that holds nothing else names it, where nothing else does.
    """

    def __init__(self, control: type[C], word: Word, *, required: bool = True, tab: Word | None = None) -> None:
        self.control = control
        self.word = word
        self.required = required
        self.tab = tab
        self.label = word.key

    def __set_name__(self, owner: type[Screen], name: str) -> None:
        self.label = name.replace("_", " ")

    @overload
    def __get__(self, screen: None, owner: type[Screen]) -> Self: ...
    @overload
    def __get__(self, screen: Screen, owner: type[Screen]) -> C: ...
    def __get__(self, screen: Screen | None, owner: type[Screen]) -> Self | C:
        return self if screen is None else self.control(screen, self.word, self.label, self.tab)


class Action(Control):
    """A button, link or whatever else does something when clicked."""

    kind = "action"

    async def click(self) -> None:
        what = f"'{self.word.aliases[0]}'"
        await self.lane.click(self.locator, what=what, screen=self.screen.name, arrive=self.arrive)

    async def is_enabled(self) -> bool:
        """Whether exactly one is there now and can be used: one look, as between two the page may be replaced."""
        return await engine.evaluate(self.locator, "disabled") is False


class Sender(Action):
    """A button that sends something, beside which a link of the same word may lead to where it is."""

    kind = "sender"


class Closer(Action):
    """What closes a dialog or drawer without doing anything."""

    kind = "closer"
