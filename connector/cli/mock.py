"""`workramp mock`."""

from __future__ import annotations

from typing import Annotated

import typer

from connector.cli.options import example
from connector.errors import InputError

EXAMPLE = example("workramp mock --port 8765 --people 500 --latency-ms 150")


def mock(
    port: Annotated[int, typer.Option("--port", metavar="P", min=0, max=65535, help="0 takes a free one.")] = 0,
    edition: Annotated[
        str, typer.Option("--edition", metavar="people|settings|legacy", help="Which documented console.")
    ] = "people",
    people: Annotated[int, typer.Option("--people", metavar="N", min=1, help="How many people.")] = 212,
    seats: Annotated[
        int | None, typer.Option("--seats", metavar="N", min=1, help="Licensed seats; else 20 are left free.")
    ] = None,
    latency_ms: Annotated[float, typer.Option("--latency-ms", metavar="N", min=0, help="Added to every response.")] = 0,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="The same seed gives the same people.")] = 1,
    fault: Annotated[
        list[str] | None,
        typer.Option("--fault", metavar="NAME[=VALUE]", help="A way to misbehave. Repeatable."),
    ] = None,
) -> None:
    """Runs the mock console in the foreground, until Ctrl-C.

    Prints its address and its admin's credentials as one JSON line first.
    """
    from fixtures.mock_console import MockOptions, OptionError, PortBusy, serve_forever

    try:
        options = MockOptions(
            edition=edition,
            people=people,
            seats=seats,
            seed=seed,
            port=port,
            latency_ms=latency_ms,
            faults=tuple(fault or ()),
        )
        serve_forever(options)
    except (OptionError, PortBusy) as error:
        raise InputError(f"--port: {error.strerror}" if isinstance(error, PortBusy) else str(error)) from error
