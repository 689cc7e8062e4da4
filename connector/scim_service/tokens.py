"""Bearer tokens: one for each identity provider, shown once, kept as a digest, revocable.

A token holds 256 random bits, so its plain SHA-256 cannot be guessed back: slow digests are for passwords.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from time import monotonic

from scim2_models import UnauthorizedException

from connector.errors import InputError
from connector.models import Model
from connector.run_records import whoever_asks
from connector.scim_service.audit import TOKEN_ADDED, TOKEN_REVOKED
from connector.scim_service.records import now
from connector.scim_service.shelf import Shelf

_KIND = "token"
_PREFIX = "wrscim_"
_LOOK_AGAIN_SECONDS = 1.0
"""For so long a service believes what it read of the tokens: after that a revoked one is refused."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Use(StrEnum):
    """What a token opens."""

    SCIM = "scim"
    OPERATOR = "operator"


class Token(Model):
    """What is kept of a token."""

    name: str
    use: Use
    digest: str
    created: datetime
    created_by: str
    revoked: datetime | None = None
    revoked_by: str | None = None


def add(shelf: Shelf, name: str, use: Use) -> str:
    """Makes a token and gives it back, this once. Raises InputError for a name that is no name, or is taken."""
    if not _NAME.fullmatch(name):
        raise InputError(
            f"{name[:80]!r} is no name for a token", advice="1 to 64 letters, digits, dots, dashes and underscores"
        )
    if (known := _all(shelf).get(name)) is not None:
        raise InputError(
            f"there is a token {name} already" + (", which was revoked" if known.revoked else ""),
            advice="give the new one another name: the name stands in the audit log",
        )
    secret = _PREFIX + secrets.token_urlsafe(32)
    token = Token(name=name, use=use, digest=_digest(secret), created=now(), created_by=whoever_asks())
    shelf.audit.note(TOKEN_ADDED, token=name, use=use.value, by=token.created_by)
    shelf.put(_KIND, {name: token.model_dump_json()})
    return secret


def listed(shelf: Shelf) -> list[Token]:
    """All tokens by their age, revoked ones included."""
    return sorted(_all(shelf).values(), key=lambda token: token.created)


def revoke(shelf: Shelf, name: str) -> Token:
    """Revokes a token for good; once more changes nothing. Raises InputError where there is none of this name."""
    token = _all(shelf).get(name)
    if token is None:
        raise InputError(f"there is no token {name[:80]}", advice="`workramp serve token list` shows them")
    if token.revoked is None:
        token = token.model_copy(update={"revoked": now(), "revoked_by": whoever_asks()})
        shelf.audit.note(TOKEN_REVOKED, token=name, by=token.revoked_by or "")
        shelf.put(_KIND, {name: token.model_dump_json()})
    return token


class Doorkeeper:
    """Tells whose token a header holds; looks at the tokens again every second."""

    def __init__(self, shelf: Shelf, clock: Callable[[], float] = monotonic) -> None:
        self._shelf = shelf
        self._clock = clock
        self._read_at: float | None = None
        self._tokens: list[Token] = []

    def look_again(self) -> None:
        """Lets the next request look at the tokens, however short a time ago that was."""
        self._read_at = None

    def let_in(self, header: str | None, use: Use) -> Token:
        """The token of an Authorization header. Raises UnauthorizedException, which tells nothing but what to bring."""
        scheme, _, given = (header or "").partition(" ")
        if scheme.lower() != "bearer" or not given.strip():
            raise UnauthorizedException(detail="a bearer token is needed: Authorization: Bearer ...")
        return self.owner(given.strip(), use)

    def owner(self, given: str, use: Use) -> Token:
        """Whose token this is. Raises UnauthorizedException. All are compared, each in constant time."""
        moment = self._clock()
        if self._read_at is None or moment - self._read_at > _LOOK_AGAIN_SECONDS:
            self._tokens, self._read_at = list(_all(self._shelf).values()), moment
        digest = _digest(given)
        found = [one for one in self._tokens if hmac.compare_digest(one.digest, digest)]
        if not found or found[0].revoked is not None or found[0].use is not use:
            raise UnauthorizedException(detail="this token is not known here, or it was revoked")
        return found[0]


def _all(shelf: Shelf) -> dict[str, Token]:
    return {name: Token.model_validate_json(document) for name, document in shelf.all(_KIND).items()}


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()
