"""Writes the table of keys into docs/labels.md, from page_objects/words/; to be run after a word was added."""

from __future__ import annotations

from pathlib import Path

from page_objects import words

PAGE = Path(__file__).parent.parent / "docs" / "labels.md"
_START = "<!-- keys: written by scripts/list_labels.py -->\n"
_SHOWN = 4


def table() -> str:
    """One row for each key with the first spellings it is known by."""
    rows = ["| key | known as |", "|---|---|"]
    for key, word in words.known().items():
        shown = ", ".join(word.aliases[:_SHOWN]).replace("|", "\\|")
        rest = len(word.aliases) - _SHOWN
        rows.append(f"| `{key}` | {shown}{f', and {rest} more' if rest > 0 else ''} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    before, mark, _ = text.partition(_START)
    if not mark:
        raise SystemExit(f"{PAGE} lost the line {_START.strip()!r}")
    PAGE.write_text(before + mark + "\n" + table(), encoding="utf-8")
