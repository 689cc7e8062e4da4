"""What a form asks back before it saves or sends: 'Make this user an Admin?', with one way on and one back."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from playwright.async_api import Locator

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.answers import asked_back
from page_objects.choice_question import Asked
from page_objects.controls import engine
from page_objects.lane import Lane
from page_objects.question import Question


@dataclass(frozen=True)
class AskedBack:
    """What is asked: its titles, its other lines, the button that says yes, and whose addresses it shows."""

    titles: tuple[str, ...]
    lines: tuple[str, ...]
    yes: str
    addresses: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """The question in its own words."""
        asking = [line for line in (*self.titles, *self.lines) if _asks(line)]
        return (asking or [*self.titles, *self.lines])[0]


@dataclass(frozen=True)
class Grant:
    """That these people, and nobody else, are to be made admins; what each may be called, by her address."""

    people: dict[str, tuple[str, ...]]

    def objection_to(self, asked: AskedBack) -> str | None:
        """What keeps a question from asking for this and nothing else; None where nothing does."""
        here = {address.casefold() for address in self.people}
        if others := [address for address in asked.addresses if address.casefold() not in here]:
            return f"it names {', '.join(others)}"
        lines = [piece for line in asked.lines for piece in re.split(r"(?<=[.!?])\s+", line)]
        questions = [self._plain(line) for line in (*asked.titles, *(line for line in lines if _asks(line)))]
        if odd := [line for line in questions if not (_GRANTS.fullmatch(line) or _NEUTRAL.fullmatch(line))]:
            return f"it asks '{odd[0].replace(_HERS, '(her)')}'"
        said = [self._plain(line) for line in lines if not _asks(line)]
        for line in said:
            if (harmful := _HARMFUL.search(line)) and not _OF_ADMINS.search(line):
                return f"it says '{harmful[0]}'"
        granting = [*filter(_GRANTS.fullmatch, [*questions, self._plain(asked.yes)]), *filter(_STATES.match, said)]
        return None if granting else "it does not say that it makes an admin"

    def _plain(self, line: str) -> str:
        """The line with one mark in the place of all that names them."""
        names = [name for address, called in self.people.items() for name in (address, *called) if name]
        of = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        line = re.sub(rf"(?<![\w@.+-])(?:{of})(?![\w@-]|\.\w)", _HERS, line, flags=re.I)
        if len(self.people) == 1:
            line = re.sub(rf"\b(?:{_ONE})\b", _HERS, line, flags=re.I)
        else:
            line = re.sub(rf"\b(?:these )?{len(self.people)} {_MANY}\b|\bthese {_MANY}\b", _HERS, line, flags=re.I)
        line = re.sub(rf"[\"'“”‘’«»]?{_HERS}[\"'“”‘’«»]?(?:\s*[(<]{_HERS}[)>])?", _HERS, line)
        return re.sub(r"\s+", " ", line).strip()


_HERS = "\u2058"
"""Stands for whoever it is about; no name holds it."""
_ONE = r"(?:this|the) (?:user|person|member|learner|account|invitee)|them|her|him|1 (?:user|person)"
_MANY = r"(?:users|people|persons|members|learners|accounts|addresses)"
_ADMIN = r"(?:(?:an?|the|to|as|into|be|full|new) )*(?:role (?:of )?)?admin(?:istrator)?s?"
_RIGHTS = r"(?: (?:role|rights|access|privileges|permissions|powers?))?"
_VERB = r"(?:make|promote|turn|set|grant|give|invite|add)"
_SURE = r"(?:are you sure(?: that)? you want to |do you (?:really )?want to |would you like to |really |yes,? )"
_GRANTS = re.compile(
    rf"{_SURE}?{_VERB} (?:{_HERS} )?{_ADMIN}{_RIGHTS}(?: (?:to|for|of) {_HERS})?(?: now)?\s*[?.!]?", re.I
)
_STATES = re.compile(
    rf"(?:{_HERS}|this|it) (?:will (?:be|become|have|get|be made)|becomes?|gets|gains|is about to become|gives|grants"
    rf"|will give|will grant)(?: {_HERS})? (?:{_ADMIN}\b|(?:the )?full (?:power|access|control|rights)\b)",
    re.I,
)
_NEUTRAL = re.compile(
    rf"(?:are you sure|{_SURE}(?:do this|continue|proceed|go on|save(?: changes)?)|(?:please )?confirm(?:ation)?"
    r"(?: (?:this |the )?(?:changes?|role change|(?:new )?role|invitation|admin access))?|change (?:of )?role|continue"
    rf"|role change|admin(?:istrator)?{_RIGHTS}|one more step|please note|warning)\s*[?.!:…]*",
    re.I,
)
_HARMFUL = re.compile(
    r"\b(?:delet|eras|deactivat|remov|revok|transfer|replac)\w*|\bpermanent\w*|\bno longer\b|\blos(?:e|es|ing)\b"
    r"|\binstead\b",
    re.I,
)
_OF_ADMINS = re.compile(r"\b(?:can|could|may|able to)\b", re.I)
"""Usual: what admins can do, which is nothing that is done now."""


def _asks(line: str) -> bool:
    return line.rstrip("\"”'’ ").endswith("?")


class AskedBackQuestion(Question):
    """A question that a form asks back; answered with yes only where it asks for the grant and nothing else."""

    def __init__(self, lane: Lane, grant: Grant | None) -> None:
        super().__init__(lane, words.AFFIRM_GRANT)
        self.grant = grant

    @property
    def surface(self) -> Locator:
        return asked_back(self.lane)

    def names(self) -> tuple[str, ...]:
        """Whom it is about, by address and name, or the words to affirm."""
        people = self.grant.people if self.grant else {}
        return (*(name for address, called in people.items() for name in (address, *called)), *super().names())

    async def asked(self) -> AskedBack | None:
        """What it asks now; None where it is not there."""
        found = await engine.evaluate(self.surface, "askedBackOf", {"refrain": self.lane.vocabulary.of(words.REFRAIN)})
        if found is None:
            return None
        return AskedBack(tuple(found["titles"]), tuple(found["lines"]), found["yes"], tuple(found["addresses"]))

    def objection_of(self, asked: AskedBack) -> str | None:
        """What keeps it from being answered with yes; None where nothing does."""
        if self.grant is None:
            return "nobody was to be made an admin"
        if not _is_one_of(asked.yes, self.lane.vocabulary.of(self.affirm)):
            return f"its button says '{asked.yes}'"
        return self.grant.objection_to(asked)

    def judge(self, question: str) -> bool:
        """Whether the browser's own question asks for the grant and nothing else."""
        return self.grant is not None and self.grant.objection_to(AskedBack((), (question,), "OK", ())) is None

    def objection_to(self, asked: Asked) -> str | None:
        """A question with a choice of two is none of these."""
        return "it is answered by a choice"

    async def require_sound(self, surface: Locator, yes: Locator) -> None:
        """Raises ConsoleDrift where it has become another question meanwhile."""
        asked = await self.asked()
        if asked is None or (objection := self.objection_of(asked)):
            raise ConsoleDrift(
                "the question that was asked back is another one now",
                screen=self.lane.where(self.name),
                expected="the same question",
                seen=objection if asked else "no question",
            )


def _is_one_of(said: str, aliases: Collection[str]) -> bool:
    return said.casefold() in {alias.casefold() for alias in aliases}
