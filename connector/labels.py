"""A customer's labels: a TOML file that adds spellings to the words on the console's screens, without any code.

One line per word, `key = "Spelling"` or `key = ["Spelling", "Another"]`; docs/labels.md lists the keys. A file is
taken whole or not at all: an addition that could make the connector act on the wrong element is refused.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from connector.errors import SettingsError
from page_objects import words
from page_objects.words import Vocabulary

FORBIDDEN = ("permanent", "delete", "erase", "remove all", "purge", "destroy")
"""What no spelling may contain, in any key: deleting a person cannot be undone, and lies beside Deactivate."""

APART: Mapping[str, tuple[str, ...]] = {
    "a column of the table": tuple(word.key for word in words.COLUMNS.values()),
    "a field of a form": (
        "field_email",
        "field_emails",
        "field_admin",
        "field_name",
        "field_first_name",
        "field_last_name",
        "field_role",
        "field_groups",
        "field_managers",
    ),
    "a label on a person's page": tuple(word.key for word in words.DETAILS.values()),
    "a role": tuple(word.key for word in words.ROLE_NAMES.values()),
    "a status": tuple(word.key for word in (*words.STATUS_NAMES.values(), *words.STATUS_WITH_ROLE.values())),
    "an action on a person": (
        "deactivate",
        "reactivate",
        "resend",
        "edit",
        "edit_groups",
        "edit_managers",
        "make_admin",
        "remove_admin",
        "view",
        "row_menu",
        "invite",
        "import",
    ),
    "a tab on a person's page": ("tab_details", "tab_groups", "tab_managers"),
    "an action on the list": ("invite", "import", "export", "load_more", "next_page", "account", "row_menu"),
    "a button of the form to invite": ("send_invitation", "cancel", "close"),
    "a button of the form to edit": ("save", "edit", "cancel", "close", "deactivate", "reactivate", "resend"),
    "a button of the import": ("upload", "skip_bad_rows", "run_import", "cancel", "close", "import_done"),
    "a column of the list of groups": tuple(word.key for word in words.GROUP_COLUMNS.values()),
    "a kind of group": tuple(word.key for word in words.GROUP_KINDS.values()),
    "an action on the list of groups": ("add_group", "delete_group", "next_page", "load_more", "account", "row_menu"),
    "an action on a group": ("open_group", "delete_group", "row_menu"),
    "a button of the form that makes a group": ("create_group", "cancel", "close"),
    "an answer to whether to delete a group": ("affirm_delete_group", "refrain"),
    "an answer to whether to deactivate": ("affirm_deactivate", "refrain"),
    "an answer to whether to reactivate": ("affirm_reactivate", "refrain"),
    "an answer to whether somebody shall be an admin": ("affirm_admin", "refrain"),
    "an answer to whether to resend": ("affirm_resend", "refrain"),
    "a field of the sign-in page": ("sign_in_email", "password"),
    "a button of the sign-in page": ("log_in", "single_sign_on"),
    "a way on from the sign-in page": ("continue", "single_sign_on"),
}
"""Words that stand side by side on a screen: the same spelling for two of them would make them one element."""

_ALSO: Mapping[str, tuple[str, ...]] = {
    "deactivate": ("affirm_deactivate",),
    "reactivate": ("affirm_reactivate",),
    "resend": ("affirm_resend",),
    "make_admin": ("affirm_admin",),
    "remove_admin": ("affirm_admin",),
    "field_email": ("field_email_or_emails",),
    "field_emails": ("field_email_or_emails",),
    "field_admin": ("detail_admin",),
    "column_email": ("detail_email",),
    "column_last_login": ("detail_last_login",),
    "column_scim": ("detail_scim",),
    "field_first_name": ("detail_first_name",),
    "field_last_name": ("detail_last_name",),
}
"""Words that the known spellings of another belong to as well, and so do the added ones."""

_LONGEST = 80


def load_labels(path: Path) -> Vocabulary:
    """The known words with the spellings of a labels file.

    Raises SettingsError (exit code 2), naming every problem of the file at once: what cannot be read, keys that do not
    exist with the closest known one, values that are no text, forbidden and ambiguous spellings.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        reason = "it is not UTF-8 text" if isinstance(error, UnicodeError) else error.strerror
        raise SettingsError(f"The labels file {path} cannot be read: {reason}.") from None
    return parse_labels(text, str(path))


def parse_labels(text: str, source: str) -> Vocabulary:
    """The same of a text; `source` names it in errors."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"The labels file {source} is not TOML: {error}.", expected='lines such as deactivate = ["Switch off"]'
        ) from None
    problems: list[str] = []
    added: dict[str, tuple[str, ...]] = {}
    known = words.known()
    for key, value in given.items():
        if key not in known:
            problems.append(f"there is no word {key!r} (did you mean {_closest(key, known)!r}?)")
        elif (spellings := _spellings(value)) is None:
            problems.append(f"{key} is {_kind(value)}; expected a text or a list of texts")
        else:
            problems += [f"{key}: {problem}" for each in spellings if (problem := _unusable(each))]
            added[key] = spellings
    extra = _with_derived(added)
    problems += _ambiguous(added, extra)
    if problems:
        raise SettingsError(
            f"The labels file {source} cannot be used:\n  " + "\n  ".join(problems),
            advice="docs/labels.md lists the keys; `workramp check` suggests lines",
        )
    return Vocabulary(extra)


def folded(spelling: str) -> str:
    """A spelling as words are compared: without case, and without marks, counters and arrows around it."""
    text = re.sub(r"\s+", " ", spelling).strip().casefold()
    bare = re.sub(r"\s*[\[(](required|optional|\d[\d.,\s]*)[)\]]\s*$|\s+(required|optional)$", "", text)
    bare = re.sub(r"^[^\w#]+|[^\w#)\]]+$", "", bare)
    return bare or text


def _spellings(value: object) -> tuple[str, ...] | None:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not values or not all(isinstance(each, str) for each in values):
        return None
    return tuple(re.sub(r"\s+", " ", each).strip() for each in values)


def _kind(value: object) -> str:
    if isinstance(value, list):
        return "a list that is empty or holds something else than texts"
    names = {bool: "true or false", int: "a number", float: "a number", dict: "a table"}
    return names.get(type(value), f"a {type(value).__name__}")


def _unusable(spelling: str) -> str | None:
    if not spelling:
        return "a spelling is empty"
    if len(spelling) > _LONGEST:
        return f"a spelling has {len(spelling)} characters; at most {_LONGEST} are compared"
    if not spelling.isprintable():
        return f"{spelling!r} holds characters that no screen shows"
    if speaks := next((word for word in FORBIDDEN if word in spelling.casefold()), None):
        return f"{spelling!r} is refused: what speaks of {speaks!r} is never clicked or read as something else"
    return None


def _with_derived(added: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    extra = dict(added)
    for key, spellings in added.items():
        for also in _ALSO.get(key, ()):
            extra[also] = tuple(dict.fromkeys((*extra.get(also, ()), *spellings)))
    return extra


def _ambiguous(added: Mapping[str, tuple[str, ...]], extra: Mapping[str, tuple[str, ...]]) -> list[str]:
    """One problem for each added spelling that something beside it on the same screen is already known by."""
    known = words.known()
    problems: dict[tuple[str, str], str] = {}
    for what, keys in APART.items():
        meant: dict[str, list[str]] = {}
        for key in keys:
            for spelling in (*known[key].aliases, *extra.get(key, ())):
                holders = meant.setdefault(folded(spelling), [])
                if key not in holders:
                    holders.append(key)
        for key in keys:
            for spelling in extra.get(key, ()):
                others = [other for other in meant[folded(spelling)] if other != key]
                if others:
                    problems.setdefault(
                        (key, spelling), f"{key}: {spelling!r} would be ambiguous: as {what} it also means {others[0]}"
                    )
    return list(problems.values())


def _closest(name: str, known: Iterable[str]) -> str:
    return difflib.get_close_matches(name, list(known), n=1, cutoff=0)[0]
