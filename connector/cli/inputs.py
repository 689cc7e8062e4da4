"""What was typed, checked before any browser starts. Every complaint names the option or argument."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from connector.cli.terminal import neutral
from connector.errors import InputError
from connector.terms import NEVER_LIFTED, Guard, Role


def address(text: str, what: str = "EMAIL") -> str:
    """One e-mail address."""
    from connector.addresses import parse_address

    return parse_address(text, field=what)


def addresses(texts: Iterable[str], what: str = "EMAIL") -> tuple[str, ...]:
    """E-mail addresses, each of which may be named once."""
    from connector.addresses import address_key

    parsed = tuple(address(text, what) for text in texts)
    seen: set[str] = set()
    for one in parsed:
        key = address_key(one)
        if key in seen:
            raise InputError(f"{what}: {neutral(one)} is named twice", advice="name everybody once")
        seen.add(key)
    return parsed


def text(value: str, what: str) -> str:
    """A name of a person or group: not empty, no control characters; spaces around it do not count."""
    stripped = value.strip()
    if not stripped:
        raise InputError(f"{what} is empty")
    harmful = next((one for one in stripped if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp")), None)
    if harmful is not None:
        raise InputError(f"{what} {neutral(stripped)!r} holds a control character (U+{ord(harmful):04X})")
    return stripped


def group_name(value: str) -> str:
    """The name of a group: in NFC, runs of blanks as one."""
    from connector.intents import group_key, require_group_name

    name = group_key(text(value, "NAME"))
    require_group_name(name)
    return name


def optional_text(value: str | None, what: str) -> str | None:
    """Like `text`, where the option may be missing."""
    return None if value is None else text(value, what)


def texts(values: Iterable[str] | None, what: str) -> tuple[str, ...]:
    """Like `text`, for a repeatable option; what is named twice counts once."""
    return tuple(dict.fromkeys(text(value, what) for value in values or ()))


def role(value: str | None) -> Role | None:
    """A role by its name; `content-creator` is understood too."""
    if value is None:
        return None
    wanted = value.strip().casefold().replace("-", "_").replace(" ", "_")
    names = [one.value for one in Role]
    if wanted not in names:
        raise InputError(
            f"--role: there is no role {neutral(value)!r}{_closest(wanted, names)}",
            expected=" | ".join(names),
        )
    return Role(wanted)


def guards(names: Sequence[str] | None) -> tuple[Guard, ...]:
    """The guards to lift. One that nothing lifts is an error, so that nobody believes it lifted."""
    return tuple(dict.fromkeys(_guard(name) for name in names or ()))


def _guard(name: str) -> Guard:
    liftable = [guard.value for guard in Guard if guard not in NEVER_LIFTED]
    wanted = name.strip().casefold().replace("_", "-")
    known = [guard.value for guard in Guard]
    if wanted not in known:
        raise InputError(
            f"--override: there is no guard {neutral(name)!r}{_closest(wanted, known)}",
            expected=" | ".join(liftable),
        )
    guard = Guard(wanted)
    if guard in NEVER_LIFTED:
        raise InputError(f"--override: the guard {guard.value} is never lifted", expected=" | ".join(liftable))
    return guard


def run_id(value: str | None, what: str = "--run-id") -> str | None:
    """The name of a run: short, and safe in a file name."""
    if value is None:
        return None
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}", value) is None:
        raise InputError(
            f"{what}: {neutral(value[:100])!r} cannot name a run",
            expected="up to 100 letters, digits, '-', '_', '.' or ':', a letter or digit first",
        )
    return value


def contradictions(added: Sequence[str], removed: Sequence[str], what: str) -> None:
    """Refuses to add and remove the same group or manager in one command."""
    gone = {name.casefold() for name in removed}
    for name in added:
        if name.casefold() in gone:
            raise InputError(f"--add-{what} and --remove-{what} both name {neutral(name)!r}")


def _closest(wanted: str, known: Sequence[str]) -> str:
    close = get_close_matches(wanted, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""
