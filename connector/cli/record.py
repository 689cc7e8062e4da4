"""`workramp record`: the screens as they are now, personal data replaced, for offline checks and tests."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from connector.cli.options import Reading, example, with_options
from connector.cli.terminal import neutral, put, put_json, say
from connector.cli.work import reading

EXAMPLE = example("workramp record our-console")

_MOST_WORDS = 40


@with_options(Reading)
def record(
    flags: Reading,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", file_okay=False, help="Where the recording goes.", show_default=False)
    ],
) -> None:
    """Captures the People screens, personal data replaced; changes nothing in the console.

    Names, addresses, groups and free text become made-up ones, the same by the
    same. Nothing is written if an address, a name or a secret is still in it.
    """
    with reading(flags) as connector:
        recorded = connector.record(folder)
    if flags.json:
        put_json(
            {
                "recording": str(recorded.folder),
                "screens": list(recorded.screens),
                "otherwise": list(recorded.otherwise),
                "own_words": list(recorded.own_words),
            }
        )
        return
    put(f"{neutral(recorded.folder)}: {len(recorded.screens)} screens: {', '.join(recorded.screens)}")
    if flags.quiet:
        return
    if recorded.own_words:
        shown = ", ".join(recorded.own_words[:_MOST_WORDS])
        more = len(recorded.own_words) - _MOST_WORDS
        say(f"Words of buttons and headings that were kept: {neutral(shown)}{f' and {more} more' if more > 0 else ''}")
    say("Look through it before you hand it on: open each page.html in a browser.")
    for line in recorded.otherwise:
        say(f"The recording is read otherwise than the page: {neutral(line)}", "yellow")
