"""What a walk through the console comes to: all looks, what is not as expected, lines for a labels file."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from connector.labels import APART, FORBIDDEN
from connector.stops import Look
from page_objects import words
from page_objects.inspection import Finding, State


@dataclass(frozen=True)
class Survey:
    """One walk: all looks in order, from a console or (`source` is its folder then) from a recording of one.

    `changed` says of a recording what is read otherwise than when it was made, one line each.
    """

    edition: str
    looks: tuple[Look, ...]
    source: str | None = None
    changed: tuple[str, ...] = ()

    @property
    def mismatches(self) -> list[Finding]:
        """The required elements that are missing or ambiguous."""
        return [each for seen in self.looks for each in seen.mismatches]

    @property
    def exit_code(self) -> int:
        """5 where a required element is not as expected, or a recording is read otherwise than before; else 0."""
        return 5 if self.mismatches or self.changed else 0

    @property
    def dialect(self) -> str:
        """How most of it is rendered, see `dialect_of`."""
        return dialect_of(self.looks)[0]

    @property
    def suggestions(self) -> str:
        """Lines for a labels file, see `suggestions`."""
        return suggestions(self.looks)

    def as_json(self) -> dict[str, Any]:
        dialect, rendered = dialect_of(self.looks)
        return {
            "recording": self.source,
            "edition": self.edition,
            "dialect": dialect,
            "rendered": rendered,
            "screens": [
                {
                    "screen": seen.title,
                    "stop": seen.stop.name,
                    "note": seen.note,
                    "elements": list(map(_json, seen.findings)),
                }
                for seen in self.looks
            ],
            "mismatches": [_json(each) for each in self.mismatches],
            "changed": list(self.changed),
            "suggestions": self.suggestions,
        }


def _json(finding: Finding) -> dict[str, Any]:
    return {**asdict(finding), "state": finding.state.value, "mismatch": finding.mismatch}


def suggestions(looks: Sequence[Look]) -> str:
    """Lines for a labels file: for each element that was not found, what is there in its place, commented out."""
    lines: dict[str, str] = {}
    for finding in (each for seen in looks for each in seen.findings):
        if finding.state is not State.MISSING:
            continue
        if finding.key is None and not finding.element.startswith("values of "):
            continue
        usable = [
            name
            for name in finding.instead
            if not any(word in name.casefold() for word in FORBIDDEN)
            and not _names_another(finding.key, name)
            and not _IS_ELSE.search(name)
        ]
        proposed = _proposed(finding, usable)
        if not any(proposed.values()):
            continue
        need = "needed, " if finding.required else ""
        lines.setdefault(
            f"{finding.screen} {finding.element}",
            f"# {finding.screen}: {finding.element} ({need}not found). Keep what it is called here, if it is here.\n"
            + "\n".join(f"# {key} = {json.dumps(name, ensure_ascii=False)}" for key, name in proposed.items() if name),
        )
    return "\n\n".join(lines.values()) + ("\n" if lines else "")


_IS_ELSE = re.compile(
    r"\d[)\]]?$|^(?:search|filter)\b|\b(?:accept|reject|cookies?|learn more|sign out|log out)\b"
    r"|^(?:go to )?(?:first|last|next|previous)(?: page| item)?$",
    re.I,
)
"""What counts something, answers a banner, turns pages or leads away is the word of no element that is missing."""


def _proposed(finding: Finding, names: Sequence[str]) -> dict[str, list[str]]:
    """By key, the names that it may have here, those first that share a telling word with what it is called elsewhere.

    The others only of what is needed, and of values that speak of none of the keys.
    """
    keys = [finding.key] if finding.key else _value_keys(finding.element)
    known = {key: _telling(" ".join(words.known()[key].aliases)) for key in keys}
    like = {key: [name for name in names if _telling(name) & known[key]] for key in keys}
    placed = set().union(*like.values()) if finding.key is None else set()
    anyhow = finding.required or finding.key is None
    return {
        key: [*like[key], *(name for name in names if anyhow and name not in like[key] and name not in placed)]
        for key in keys
    }


_SAYS_NOTHING_OF = frozenset(
    {"a", "an", "as", "is", "of", "or", "s", "the", "these", "this", "to"}
    | {"access", "add", "address", "choose", "display", "enter", "full", "invite", "invitee", "invitees", "list"}
    | {"make", "new", "paste", "select", "user", "users", "work"}
)
"""Words of labels that do not tell one field from another."""


def _names_another(key: str | None, name: str) -> bool:
    """Whether a label speaks of another field of a person than this: "What is the user's email address?" of no role."""
    fields = {each: _telling(" ".join(words.known()[each].aliases)) for each in APART["a field of a form"]}
    if key not in fields and key != words.FIELD_EMAIL_OR_EMAILS.key:
        return False
    own = fields.get(key or "", fields[words.FIELD_EMAIL.key])
    said = _telling(name)
    return not said & own and any(said & others for others in fields.values())


def _telling(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold())) - _SAYS_NOTHING_OF


def _value_keys(element: str) -> list[str]:
    names = words.ROLE_NAMES if element.endswith("role") else words.STATUS_NAMES
    return [word.key for word in names.values()]


def edition_of(looks: Sequence[Look]) -> str:
    """The documented edition that these screens are most like: people, settings or legacy.

    Guide: one person with her details is invited at a time. Help center: a list of addresses; its current table has a
    Status column (User, Admin, Deactivated), the older one has none.
    """
    takes = next((seen.values["takes"] for seen in looks if "takes" in seen.values and not seen.mismatches), None)
    columns: list[str] = next((seen.values["columns"] for seen in looks if "columns" in seen.values), [])
    if takes == "one" or (takes is None and "role" in columns):
        return "people"
    return "settings" if "status" in columns else "legacy"


def dialect_of(looks: Sequence[Look]) -> tuple[str, dict[str, int]]:
    """How a console renders what was found, in the mock's names of dialects, and how often each way was seen.

    `div` where a fifth of it or more has no role at all; else `aria` where widgets of a library are among it; else
    `plain`.
    """
    seen = Counter(each.dialect for look in looks for each in look.findings if each.dialect)
    total = sum(seen.values())
    roleless = total and seen["text"] * 5 >= total
    name = "div" if roleless else "aria" if seen["aria"] else "plain"
    return name, {key: seen[key] for key in ("native", "aria", "text")}
