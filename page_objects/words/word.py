"""What a word is: one thing a console can say, with its spellings, and a customer's additions to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Word:
    """One thing a console can say: a stable key and the spellings it is known by, the documented ones first."""

    key: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """The words in force: the known ones and, by key, a customer's additions."""

    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, word: Word) -> list[str]:
        """All spellings of a word."""
        return [*word.aliases, *self.extra.get(word.key, ())]
