"""`workramp sign-in`: a person signs in once, and the commands go on with her session."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import Annotated

import typer

from connector.cli.options import Reading, example, with_options
from connector.cli.terminal import neutral, say
from connector.cli.work import connected, settings_for

EXAMPLE = example("workramp sign-in --wait 900")


@with_options(Reading)
def sign_in(
    flags: Reading,
    wait: Annotated[
        int, typer.Option("--wait", metavar="SECONDS", min=10, max=3600, help="How long to wait for the person.")
    ] = 600,
) -> None:
    """Opens a visible browser at the console, lets a person sign in, saves the session.

    For whatever a program cannot do: an identity provider of your own, a second factor on a phone. WORKRAMP_EMAIL says
    whose session it is; no password is needed. The commands then work headless until the console ends the session.
    """
    settings = settings_for(flags)
    with connected(replace(flags, headed=True), settings) as connector:
        connector.sign_in(seconds=wait)
    if flags.json:
        sys.stdout.write(json.dumps({"email": settings.email, "url": settings.url, "saved": True}) + "\n")
    elif not flags.quiet:
        say(f"signed in at {neutral(settings.url)} as {neutral(settings.email)}; the session is saved")
