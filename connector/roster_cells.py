"""What stands in the cells of a roster, both ways: column names, roles, statuses, lists, and would-be formulas."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from connector.addresses import WHITE_SPACE, shown
from connector.models import Role, Status

EMAIL, FIRST_NAME, LAST_NAME = "Email", "First name", "Last name"
MANAGERS, GROUPS, ROLE, STATUS = "Managers", "Groups", "Role", "Status"

COLUMNS = (EMAIL, FIRST_NAME, LAST_NAME, MANAGERS, GROUPS, ROLE, STATUS)
"""The columns of a roster in the order in which it is written.

The first five are the order that WorkRamp's help center documents for bulk adding; its guide requires the role as well.
"""

POSITIONAL = COLUMNS[:6]
"""What the cells mean, from the left, in a file without a header."""

REQUIRED = (EMAIL, FIRST_NAME, LAST_NAME)

FORMULA_CHARACTERS = "=+-@\t\r\n＝＋－＠"
"""A spreadsheet takes a cell that starts with one of these for a formula (OWASP, CSV injection)."""

_SPELLINGS = {
    EMAIL: (
        "email",
        "email address",
        "mail",
        "mail address",
        "work email",
        "work email address",
        "user email",
        "primary email",
    ),
    FIRST_NAME: ("first name", "first", "given name", "forename"),
    LAST_NAME: ("last name", "last", "surname", "family name"),
    MANAGERS: (
        "managers",
        "manager",
        "manager email",
        "manager emails",
        "managers email",
        "managers emails",
        "manager email address",
        "manager email addresses",
    ),
    GROUPS: ("groups", "group", "group name", "group names", "team", "teams"),
    ROLE: ("role", "user role", "workramp role"),
    STATUS: ("status", "user status", "account status"),
}

_ROLES = {
    Role.LEARNER: ("learner",),
    Role.MANAGER: ("manager",),
    Role.ADMIN: ("admin", "administrator"),
    Role.CONTENT_CREATOR: ("content creator", "author", "editor", "content creator / author"),
}

_STATUSES = {Status.ACTIVE: ("active",), Status.DEACTIVATED: ("deactivated", "inactive")}

_UNFIT = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffd\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Control characters, changes of writing direction, and the character that stands for undecodable text."""

_ITEM = re.compile(f'[{WHITE_SPACE}]*"((?:[^"]|"")*)"[{WHITE_SPACE}]*(?:;|\\Z)|([^;]*)(?:;|\\Z)')


def bare(text: str) -> str:
    """Return its letters and digits only, in one case: `E-mail  address` and `email_address` are one spelling."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


_COLUMN_OF = {bare(spelling): column for column, spellings in _SPELLINGS.items() for spelling in spellings}
_ROLE_OF = {bare(spelling): role for role, spellings in _ROLES.items() for spelling in spellings}
_STATUS_OF = {bare(spelling): status for status, spellings in _STATUSES.items() for spelling in spellings}


def column_of(header: str) -> str | None:
    """Return which of COLUMNS a header cell means; None for any other column. Case, spaces and `-_'` do not matter."""
    return _COLUMN_OF.get(bare(header))


def role_of(text: str) -> Role | None:
    """Return the role a cell names, in any documented spelling; None where there is no such role."""
    return _ROLE_OF.get(bare(text))


def status_of(text: str) -> Status | None:
    """Return the status a cell names: active, deactivated or inactive (the same); None for anything else."""
    return _STATUS_OF.get(bare(text))


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet would take a cell with this text for a formula."""
    return text.startswith(tuple(FORMULA_CHARACTERS))


def neutralise(text: str) -> str:
    """Put an apostrophe before a text that starts a formula, so that a spreadsheet shows it and computes nothing.

    A text that already starts with apostrophes and then a formula gets one more: `restore` is the exact inverse.
    """
    return f"'{text}" if starts_formula(text.lstrip("'")) else text


def restore(text: str) -> str:
    """Take away the apostrophe that `neutralise` put there; other apostrophes (`'t Hooft`) stay."""
    return text[1:] if text.startswith("'") and starts_formula(text.lstrip("'")) else text


def why_unfit(text: str) -> str | None:
    """Say why a trimmed cell or item, as it stands in the file, cannot be a name; None where it can.

    Refused are formulas (our own neutralised ones are none), control characters, line breaks, changes of writing
    direction, and U+FFFD, which stands where a text was damaged by a wrong encoding.
    """
    if starts_formula(text):
        return f"{shown(text)} starts with {shown(text[0])}, which makes a formula of it in a spreadsheet"
    if found := _UNFIT.search(text):
        return f"{shown(text)} contains the character U+{ord(found[0]):04X}"
    return None


def cleaned(text: str) -> str:
    """Return a text fit for a cell: trimmed, and every unfit character replaced by a space."""
    return _UNFIT.sub(" ", text).strip(WHITE_SPACE)


def split_list(cell: str) -> list[str]:
    """Return the items of a cell that are separated by `;`, trimmed, without empty ones; they are not restored yet.

    An item in quotation marks may contain `;`; a quotation mark in it is then doubled, as in CSV.
    """
    items = []
    for match in _ITEM.finditer(cell):
        quoted, plain = match.groups()
        items.append((plain if quoted is None else quoted.replace('""', '"')).strip(WHITE_SPACE))
    return [item for item in items if item]


def join_list(items: Iterable[str]) -> str:
    """Return the cell that `split_list` and `restore` read as these items. They are neutralised one by one."""
    cells = (neutralise(item) for item in items)
    return ";".join(
        '"' + cell.replace('"', '""') + '"' if ";" in cell or cell.startswith('"') else cell for cell in cells
    )
