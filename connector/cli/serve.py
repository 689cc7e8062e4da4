"""`workramp serve`: the SCIM service, and the tokens that open it."""

from __future__ import annotations

import ipaddress
import json
import socket
import sys
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from connector.cli import inputs
from connector.cli.options import Asking, Reading, example, liftable, with_options
from connector.cli.tables import UNKNOWN, Column, put_table
from connector.cli.terminal import neutral, put, put_json, say, utc
from connector.cli.work import settings_for
from connector.errors import ConsoleUnavailable, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connector.scim_service.shelf import Shelf

_SERVICE = "Service"
_STOPPING_SECONDS = 10
_SWITCH_SECONDS = 0.001
"""How long the threads that write may keep the one that answers waiting, where all of them have something to do."""


@dataclass(frozen=True, kw_only=True)
class Serving(Reading):
    """Options of the service."""

    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.", rich_help_panel=_SERVICE)
    ] = "127.0.0.1"
    port: Annotated[
        int,
        typer.Option("--port", metavar="P", min=0, max=65535, help="0 takes a free one.", rich_help_panel=_SERVICE),
    ] = 8040
    behind_proxy: Annotated[
        bool,
        typer.Option(
            "--behind-proxy",
            metavar="",
            help="A proxy in front speaks TLS and says so in X-Forwarded-*; nobody else reaches this address.",
            rich_help_panel=_SERVICE,
        ),
    ] = False
    certificate: Annotated[
        Path | None,
        typer.Option(
            "--certificate",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Speak TLS: certificate with its chain, PEM.",
            rich_help_panel=_SERVICE,
        ),
    ] = None
    private_key: Annotated[
        Path | None,
        typer.Option(
            "--private-key",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="The key of the certificate, PEM.",
            rich_help_panel=_SERVICE,
        ),
    ] = None
    refresh_minutes: Annotated[
        float,
        typer.Option(
            "--refresh-minutes",
            metavar="N",
            min=0.1,
            max=1440,
            help="How often everybody is read again.",
            rich_help_panel=_SERVICE,
        ),
    ] = 15
    answer_seconds: Annotated[
        float,
        typer.Option(
            "--answer-seconds",
            metavar="N",
            min=0.1,
            max=600,
            help="How long a request waits for the console; then it is told to ask again.",
            rich_help_panel=_SERVICE,
        ),
    ] = 50
    ignore_unknown_members: Annotated[
        bool,
        typer.Option(
            "--ignore-unknown-members",
            metavar="",
            help="Leave out members of a group who are nobody here, instead of refusing the request.",
            rich_help_panel=_SERVICE,
        ),
    ] = False
    keep_groups: Annotated[
        bool,
        typer.Option(
            "--keep-groups",
            metavar="",
            help="A deleted group loses its members and stays in the console; nothing there brings one back.",
            rich_help_panel=_SERVICE,
        ),
    ] = False
    no_approvals: Annotated[
        bool,
        typer.Option(
            "--no-approvals",
            metavar="",
            help="Refuse for good what else would wait for `workramp runs approve`.",
            rich_help_panel=_SERVICE,
        ),
    ] = False
    override: Annotated[
        list[str] | None,
        typer.Option(
            "--override",
            metavar="GUARD",
            help="Lift a guard for every write. Repeatable.",
            autocompletion=liftable,
            rich_help_panel=_SERVICE,
        ),
    ] = None


app = typer.Typer(invoke_without_command=True)
token = typer.Typer(no_args_is_help=True, help="Tokens of the service: add, list, revoke.")
app.add_typer(token, name="token")


@app.callback(epilog=example("workramp serve --port 8040"))
@with_options(Serving)
def serve(flags: Serving, context: typer.Context) -> None:
    """Serves SCIM 2.0 in front of the console until it is stopped.

    An identity provider such as Okta or Entra ID provisions through it.
    Reads come from a mirror of the directory; writes are durable runs in
    the browser. `/healthz`, `/readyz`, `/metrics`; a page for operators at `/`.
    """
    if context.invoked_subcommand is not None:
        return
    _require_private(flags)
    lifted = inputs.guards(flags.override)
    settings = settings_for(flags)
    if settings.email is None:
        settings.require_credentials()
    with closing(_listening(flags.host, flags.port)) as listener:
        from connector.face import Connector
        from connector.scim_service.service import Options, Service

        options = Options(
            answer_seconds=flags.answer_seconds,
            refresh_seconds=flags.refresh_minutes * 60,
            overrides=frozenset(lifted),
            approvals=not flags.no_approvals,
            ignore_unknown_members=flags.ignore_unknown_members,
            keep_groups=flags.keep_groups,
        )
        tell = (lambda text: None) if flags.quiet else (lambda text: say(neutral(text)))
        with (
            Connector(settings, headed=flags.headed, say=tell) as connector,
            Service(settings, connector, options, say=tell) as service,
        ):
            _serve(flags, service.application(), listener)
            say("Stopping: the run in hand is finished, what waits is kept.")


def _serve(flags: Serving, application: object, listener: socket.socket) -> None:
    import uvicorn

    scheme = "https" if flags.certificate else "http"
    host, port = listener.getsockname()[:2]
    origin = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if flags.json:
                # One line, as `workramp mock` does: whoever starts it reads the first line and goes on.
                sys.stdout.write(json.dumps({"scim": f"{origin}/scim/v2", "page": f"{origin}/"}) + "\n")
                sys.stdout.flush()
            elif not flags.quiet:
                put(f"SCIM 2.0 at {origin}/scim/v2, the page for operators at {origin}/")

    config = uvicorn.Config(
        application,  # type: ignore[arg-type]
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=flags.behind_proxy,
        forwarded_allow_ips="*" if flags.behind_proxy else None,
        ssl_certfile=flags.certificate,
        ssl_keyfile=flags.private_key,
        timeout_graceful_shutdown=_STOPPING_SECONDS,
        lifespan="off",
    )
    sys.setswitchinterval(_SWITCH_SECONDS)
    with suppress(KeyboardInterrupt):  # being stopped is how a service ends; uvicorn raises the signal once more
        Server(config).run(sockets=[listener])


def _require_private(flags: Serving) -> None:
    """Refuses plain HTTP where others could read along."""
    if (flags.certificate is None) != (flags.private_key is None):
        raise InputError("--certificate and --private-key belong together")
    if flags.certificate is not None or flags.behind_proxy or _is_loopback(flags.host):
        return
    raise InputError(
        f"--host {neutral(flags.host)} would be served in plain HTTP, and whoever reads along would read the tokens",
        advice="give --certificate and --private-key, or --behind-proxy where a proxy on this network speaks TLS",
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # With its protocol named, asyncio sends answers at once, and not after the 40 ms of a delayed acknowledgement.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        raise ConsoleUnavailable(
            f"nothing can listen on {neutral(host)} port {port}: {error.strerror or error}",
            advice="another program may have the port; give another --port or --host",
        ) from error
    listener.listen(1024)
    return listener


# -- tokens ------------------------------------------------------------------------------------------------------------
@token.command("add", epilog=example("workramp serve token add okta"))
@with_options(Asking)
def add_token(
    flags: Asking,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose it is; one for each identity provider.")],
    operator: Annotated[
        bool, typer.Option("--operator", metavar="", help="For the operator page and metrics, not for SCIM.")
    ] = False,
) -> None:
    """Makes a token and prints it, this once: only its digest is kept."""
    from connector.scim_service import tokens

    with _shelf(flags) as shelf:
        use = tokens.Use.OPERATOR if operator else tokens.Use.SCIM
        secret = tokens.add(shelf, name, use)
    if flags.json:
        put_json({"name": name, "use": use.value, "token": secret})
        return
    put(secret)
    if not flags.quiet:
        say(f"This is the only time that the token of {name} is shown.")


@token.command("list", epilog=example("workramp serve token list --json"))
@with_options(Asking)
def list_tokens(flags: Asking) -> None:
    """Lists the tokens, revoked ones included; never the tokens themselves."""
    from connector.scim_service import tokens

    with _shelf(flags) as shelf:
        found = tokens.listed(shelf)
    if flags.json:
        put_json(
            [
                {
                    "name": one.name,
                    "use": one.use.value,
                    "created_at": utc(one.created),
                    "created_by": one.created_by,
                    "revoked_at": utc(one.revoked) if one.revoked else None,
                    "revoked_by": one.revoked_by,
                }
                for one in found
            ]
        )
        return
    put_table(
        [
            Column("Name", "bold", head=True),
            Column("Opens", head=True),
            Column("Made", head=True),
            Column("By"),
            Column("Revoked"),
        ],
        [
            [
                neutral(one.name),
                one.use.value,
                utc(one.created),
                neutral(one.created_by) or UNKNOWN,
                f"{utc(one.revoked)} by {neutral(one.revoked_by or '?')}" if one.revoked else "no",
            ]
            for one in found
        ],
    )


@token.command("revoke", epilog=example("workramp serve token revoke okta"))
@with_options(Asking)
def revoke_token(
    flags: Asking, name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the token.")]
) -> None:
    """Revokes a token for good; a running service refuses it within a second."""
    from connector.scim_service import tokens

    with _shelf(flags) as shelf:
        revoked = tokens.revoke(shelf, name)
    if flags.json:
        put_json({"name": revoked.name, "revoked_at": utc(revoked.revoked) if revoked.revoked else None})
    elif not flags.quiet:
        say(f"The token of {neutral(revoked.name)} is revoked.")


@contextmanager
def _shelf(flags: Asking) -> Iterator[Shelf]:
    settings = settings_for(flags)
    from connector.scim_service.shelf import Shelf

    with closing(Shelf(settings)) as shelf:
        yield shelf
