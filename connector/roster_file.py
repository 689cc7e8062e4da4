"""The file under a roster: bytes to numbered records, and a text to a file. What it cannot read for sure it refuses.

Python's csv module does the parsing, strictly. What it does not do is done here: telling encodings and delimiters
apart, and naming the line in which a quotation mark was opened that swallows the rest of the file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import stat
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from connector.addresses import shown
from connector.errors import RosterError

LARGEST_FILE = 20_000_000
"""Bytes. Far more than a console's people need, and little enough to be held in memory."""

MOST_ROWS = 200_000

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}

_SEP_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_NO_TEXT = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_QUOTED = re.compile(r'[^"]*+(?:""[^"]*+)*+"')
_UTF_8_LETTER = re.compile(b"\xc3[\x80-\xbf]")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Record(NamedTuple):
    """One row of the file. Lines are counted from 1; `last_line` differs where a quoted cell has line breaks."""

    line: int
    last_line: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """All rows of a file that are not blank, the first one included, and what was assumed in order to read it."""

    records: list[Record]
    notes: list[str]
    digest: str
    """The SHA-256 of the file's bytes, in hexadecimal digits."""


def read_table(path: Path, known: Callable[[Sequence[str]], int]) -> Table:
    """Read a CSV file of any encoding and delimiter that docs/rosters.md names.

    `known` says how many cells of a first row it recognises (column names, or 1 for an e-mail address in the first
    cell); it decides between two possible delimiters.

    Raises RosterError for a file that is missing, unreadable, larger than 20 MB (checked before it is read) or
    200,000 rows, empty, binary, of unknown encoding, or with unbalanced quotation marks, and where two delimiters are
    equally possible.
    """
    data = _bytes(path)
    text, encoding = _decoded(path, data)
    if nul := text.find("\0") + 1:
        raise unusable(path, f"line {_line(text, nul)}: a NUL character; a binary file, or UTF-16 without its mark?")
    delimiter, skipped, said = _delimiter(path, text, known)
    records = _records(path, text, delimiter, skipped)
    if not records:
        raise unusable(path, "it has no rows")
    return Table(records, [f"read as {encoding}", said], hashlib.sha256(data).hexdigest())


def write_file(path: Path, text: str) -> None:
    """Write a UTF-8 text file with mode 0600, whole or not at all: an existing file is replaced in one step.

    Raises RosterError where the file cannot be written; what was there before is then untouched.
    """
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # creates with mode 0600
        with open(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except (OSError, ValueError) as error:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)
        raise RosterError(f"{path} cannot be written: {_reason(error)}") from error


def unusable(path: Path, *problems: str, advice: str | None = None) -> RosterError:
    """Return the error that refuses a whole file, with everything that is wrong with it."""
    return RosterError(f"{path} cannot be read as a roster", problems, advice=advice)


def _reason(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _bytes(path: Path) -> bytes:
    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            raise unusable(path, "it is a directory")
        if not stat.S_ISREG(info.st_mode):
            raise unusable(path, "it is not a regular file")  # reading a pipe or a device could wait for ever
        if info.st_size > LARGEST_FILE:
            raise unusable(path, f"it has {info.st_size:,} bytes; the limit is {LARGEST_FILE:,}")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        raise unusable(path, _reason(error)) from error
    if len(data) > LARGEST_FILE:  # it grew since
        raise unusable(path, f"it has more than {LARGEST_FILE:,} bytes")
    if not data:
        raise unusable(path, "it is empty (0 bytes)")
    return data


def _decoded(path: Path, data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding.

    UTF-8 proves itself and UTF-16 must say so. Statistical detection was rejected: on a few names it guesses, and the
    same file with one more row could be read differently. What is left can only be Windows-1252, and that is said.
    """
    if data.startswith(_WORKBOOKS):
        raise unusable(path, "it is an Excel workbook or another archive", advice="save it as CSV UTF-8 first")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), "UTF-16 with a byte order mark"
        except UnicodeDecodeError as error:
            raise unusable(path, f"it starts as UTF-16, but byte {error.start} is not: {error.reason}") from error
    marked = data.startswith(b"\xef\xbb\xbf")
    data = data[3:] if marked else data
    try:
        return data.decode("utf-8"), "UTF-8 with a byte order mark" if marked else "UTF-8"
    except UnicodeDecodeError as error:
        before = data[: error.start]
    line = _line(before.decode("utf-8"), len(before))
    if _NO_TEXT.search(data):
        raise unusable(path, f"line {line}: neither UTF-8 nor other text; a binary file?")
    if marked or not before.isascii() or _UTF_8_LETTER.search(data):
        raise unusable(path, f"line {line}: not UTF-8, although other parts of the file are")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise unusable(path, f"line {line}: neither UTF-8 nor Windows-1252") from error
    # The first foreign letter stands where UTF-8 failed: both encodings have one byte for each character before it.
    start, end = max(0, len(before) - 20), len(before) + 20
    words = next(part for part in text[start:end].splitlines() if not part.isascii())
    return text, f"Windows-1252, because line {line} is not UTF-8 (read there: {shown(words)})"


def _delimiter(path: Path, text: str, known: Callable[[Sequence[str]], int]) -> tuple[str, int, str]:
    """The delimiter, how many characters to skip before the first row, and a note.

    Only the first row is judged: lists, names and notes below it may contain any of the characters.
    """
    match = next((match for match in re.finditer(r"[^\r\n]+", text) if match[0].strip()), None)
    if match is None:
        return ",", 0, "no delimiter"
    line, place = match[0], _line(text, match.start())
    if sep := _SEP_LINE.fullmatch(line.strip(" ")):
        if sep[1] not in DELIMITERS:
            raise unusable(path, f"line {place}: {shown(line)} names no supported delimiter")
        return sep[1], match.end(), f"delimiter {DELIMITERS[sep[1]]}, as its first line says"
    row = line[:10_000]  # csv refuses very long cells
    split = {mark: next(csv.reader([row], delimiter=mark, skipinitialspace=True), []) for mark in DELIMITERS}
    present = [mark for mark in DELIMITERS if len(split[mark]) > 1]
    if not present:
        return ",", 0, "one column, no delimiter"
    best = max(known(split[mark]) for mark in present)
    likely = [mark for mark in present if known(split[mark]) == best]
    if best == 0:  # nothing is recognised and the file will be refused: split it so that the message is of use
        most = max(len(split[mark]) for mark in likely)
        likely = [mark for mark in likely if len(split[mark]) == most]
    if len(likely) > 1:
        names = " and ".join(DELIMITERS[mark] for mark in likely)
        raise unusable(
            path,
            f"line {place}: {names} are equally possible as delimiter: {shown(line, 200)}",
            advice="put `sep=,` or `sep=;` in a line of its own before the header",
        )
    return likely[0], 0, f"delimiter {DELIMITERS[likely[0]]}"


def _records(path: Path, text: str, delimiter: str, skipped: int) -> list[Record]:
    offset = _line(text, skipped) - 1
    body = text[skipped:]
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    records, done = [], offset
    try:
        for cells in reader:
            record = Record(done + 1, offset + reader.line_num, tuple(cells))
            done = record.last_line
            if any(cell.strip() for cell in cells):
                records.append(record)
            if len(records) > MOST_ROWS:
                raise unusable(path, f"it has more than {MOST_ROWS:,} rows")
    except csv.Error as error:
        raise unusable(path, _trouble(body, delimiter, offset) or f"line {done + 1}: {error}") from error
    return records


def _trouble(body: str, delimiter: str, offset: int) -> str | None:
    """Name the first quotation mark that is never closed, or not closed at the end of its cell."""
    cell_end = re.compile(f"{re.escape(delimiter)}|\r|\n")
    place = 0
    while place < len(body):
        while body.startswith(" ", place):
            place += 1
        if body.startswith('"', place):
            opened, closed = place, _QUOTED.match(body, place + 1)
            if closed is None:
                return f"line {offset + _line(body, opened)}: a quotation mark is opened and never closed"
            if len(closed[0]) > csv.field_size_limit():
                here = offset + _line(body, opened)
                return f"line {here}: a cell of {len(closed[0]):,} characters; is a quotation mark missing?"
            place = closed.end()
            if place < len(body) and not cell_end.match(body, place):
                here, there = offset + _line(body, opened), offset + _line(body, place)
                return f"line {here}: a quotation mark is opened, and text follows the closing one in line {there}"
        end = cell_end.search(body, place)
        if end is None:
            return None
        place = end.end()
    return None


def _line(text: str, place: int) -> int:
    """The number, from 1, of the line in which the character at `place` stands."""
    return len(_LINE_END.findall(text, 0, place)) + 1
