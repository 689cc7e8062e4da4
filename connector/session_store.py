"""Saved sessions: what lets the next run start signed in, encrypted at rest, one file per console and account.

A file's existence proves nothing about the session in it: the browser is the authority, and the console layer checks
that the right account is signed in before anything is done. Losing a file costs one sign-in, so a file that cannot
be trusted is never repaired and never an error: it is reported and treated as absent.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import re
import secrets
import stat
import struct
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, SecretStr

from connector.errors import SettingsError
from connector.folders import make_private
from connector.models import Model
from connector.redaction import tokens_of

Answer = TypeVar("Answer")

KEYRING_SERVICE = "workramp-connector"
KEYRING_NAME = "session-key"
KEY_FILE = "session.key"
SCRYPT_COST = {"n": 2**15, "r": 8, "p": 1}

_SHORTEST_COOKIE = 8
"""Characters of a cookie's value that is a secret; shorter ones are ordinary words ("en", "dark")."""
_VERSION = 1
_MAGIC = b"WRSS"
_HEAD = struct.Struct(">4sBB16s16s12s")  # magic, version, source of the key, salt, check of the key, nonce
_TAG_SIZE = 16
_KEY_SIZE = 32
_STALE_SECONDS = 3600
_NOT_FOLLOWED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # no links; a pipe does not block


class SavedSession(Model):
    """A signed-in session of one account at one origin, as a browser can take it up again.

    `storage_state` is Playwright's (cookies, localStorage, IndexedDB), `session_storage` what that leaves out
    (playwright #8874), by origin; `layout` what a probe of the screens learnt, as JSON values; `saved_at` is in UTC.
    Neither the repr nor a validation error shows a value of the three.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    origin: str
    account: str
    storage_state: dict[str, Any] = Field(repr=False)
    session_storage: dict[str, dict[str, str]] = Field(default_factory=dict, repr=False)
    layout: dict[str, Any] = Field(default_factory=dict, repr=False)
    saved_at: Annotated[AwareDatetime, AfterValidator(lambda when: when.astimezone(UTC))] = Field(
        default_factory=lambda: datetime.now(UTC)
    )

    def secrets(self) -> list[str]:
        """What of it may be told nowhere: the values of cookies, and what looks like a token in stored state."""
        cookies = [str(cookie.get("value", "")) for cookie in self.storage_state.get("cookies", [])]
        stored = tokens_of([self.storage_state.get("origins", []), self.session_storage])
        return [*(value for value in cookies if len(value) >= _SHORTEST_COOKIE), *stored]


class _Unusable(Exception):
    """Why a file or a key is not used; the message ends a sentence."""


class _KeySource(IntEnum):
    """Where a file's key comes from; part of the file format."""

    PASSPHRASE = 1
    KEYRING = 2
    KEY_FILE = 3


class SessionStore:
    """Keeps sessions below `state_dir/sessions` (mode 0700; files 0600), encrypted and authenticated by AES-256-GCM.

    The key comes from the passphrase `key` (WORKRAMP_STATE_KEY) by scrypt with n=2^15, r=8, p=1: about 60 to 100 ms
    and 32 MiB for each load or save, the cost usual for interactive use. Without one it is random and lies in the
    keyring of the operating system; where that cannot be used, in the file `state_dir/session.key` (mode 0600).
    A key file that exists is preferred to the keyring, so that a keyring that hangs is not waited for in every run.

    `say` is given one sentence for whatever the operator should know: a key file created, a file not used and why.
    The methods block, for up to `keyring_seconds` where the keyring does not answer.
    """

    def __init__(
        self, state_dir: Path, key: SecretStr | None, say: Callable[[str], None], *, keyring_seconds: float = 10.0
    ) -> None:
        self._state_dir = state_dir
        self._folder = state_dir / "sessions"
        self._passphrase = key if key is not None and key.get_secret_value() else None
        self._say = say
        self._keyring_seconds = keyring_seconds
        self._keyring_problem: str | None = None

    def load(self, origin: str, account: str) -> SavedSession | None:
        """The session saved for this account (compared casefolded) at this origin, or None.

        A file that is damaged, altered, of another version, account or key, or readable by others, is None as well;
        `say` is told the reason, and the next `save` replaces the file.
        """
        try:
            return self._opened(_read_private(self._path(origin, account)), origin, account)
        except FileNotFoundError:
            return None
        except _Unusable as problem:
            reason = str(problem)
        except OSError as error:
            reason = f"it cannot be read ({error.strerror})"
        self._say(f"The saved session of {account} at {origin} is not used: {reason}. Signing in replaces it.")
        return None

    def save(self, session: SavedSession) -> None:
        """Write the session, replacing in one step what was saved for its account and origin.

        Raises SettingsError where the state directory cannot be written.
        """
        text = json.dumps(session.model_dump() | {"saved_at": session.saved_at.isoformat()})
        try:
            make_private(self._state_dir)
            _make_private_folder(self._folder)
            source, key = self._key_for_saving()
            sealed = _seal(text.encode("ascii"), source, key)
            path = self._path(session.origin, session.account)
            _write_private(self._folder, sealed, lambda written: os.replace(written, path))
        except OSError as error:
            raise self._not_writable("saved", error.strerror or type(error).__name__) from error
        except _Unusable as problem:
            raise self._not_writable("saved", str(problem)) from None

    def forget(self, origin: str, account: str) -> None:
        """Delete what was saved for this account at this origin, if anything.

        Raises SettingsError where it cannot be deleted.
        """
        try:
            self._path(origin, account).unlink(missing_ok=True)
            _sync_folder(self._folder)
        except OSError as error:
            raise self._not_writable("deleted", error.strerror or type(error).__name__) from error

    def _path(self, origin: str, account: str) -> Path:
        origin, account = _identity(origin, account)
        host = re.sub(r"[^a-z0-9.-]+", "_", origin.rpartition("//")[2])[:60]
        unique = hashlib.sha256(f"{origin}\n{account}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
        return self._folder / f"{host}-{unique}.session"

    def _opened(self, sealed: bytes, origin: str, account: str) -> SavedSession:
        text = _open(sealed, self._key_for_loading)
        try:
            session = SavedSession.model_validate(json.loads(text))
        except ValueError:  # not chained: the values are secret
            raise _Unusable("its content is not that of a session of this version") from None
        if _identity(session.origin, session.account) != _identity(origin, account):
            raise _Unusable("it was saved for another account or another console")
        return session

    def _not_writable(self, what: str, why: str) -> SettingsError:
        return SettingsError(
            f"the session cannot be {what} below {self._state_dir}: {why}",
            expected="a state directory that this user can write (WORKRAMP_STATE_DIR), with room on its disk",
            advice=f"make {self._state_dir} so, or set WORKRAMP_STATE_DIR to another directory",
        )

    # keys

    def _key_for_loading(self, source: int) -> bytes:
        """The existing key from the source that a file names. Nothing is created."""
        if self._passphrase is not None:
            if source != _KeySource.PASSPHRASE:
                raise _Unusable("it was encrypted without WORKRAMP_STATE_KEY, which is set now")
            return _encoded(self._passphrase)
        if source == _KeySource.PASSPHRASE:
            raise _Unusable("it was encrypted with WORKRAMP_STATE_KEY, which is not set now")
        if source == _KeySource.KEY_FILE:
            key = self._key_of_file()
            place = f"the key file {self._state_dir / KEY_FILE}"
        elif source == _KeySource.KEYRING:
            key = self._ask_keyring(_key_of_keyring)
            place = "the keyring"
        else:
            raise _Unusable("it was altered, or written by another version")
        if key is None:
            raise _Unusable(f"its key is no longer in {place}")
        return key

    def _key_for_saving(self) -> tuple[_KeySource, bytes]:
        """The key to save with, created where there is none yet."""
        if self._passphrase is not None:
            return _KeySource.PASSPHRASE, _encoded(self._passphrase)
        path = self._state_dir / KEY_FILE
        try:
            key = self._key_of_file()
        except _Unusable as problem:
            self._say(f"The key of saved sessions is replaced: {problem}.")
            path.unlink(missing_ok=True)
            key = None
        if key is not None:
            return _KeySource.KEY_FILE, key
        try:
            return _KeySource.KEYRING, self._ask_keyring(lambda: _make_key_of_keyring(self._state_dir))
        except _Unusable as problem:
            return _KeySource.KEY_FILE, self._make_key_of_file(str(problem))

    def _key_of_file(self) -> bytes | None:
        path = self._state_dir / KEY_FILE
        try:
            key = _decoded(_read_private(path).decode("ascii", "replace"))
        except FileNotFoundError:
            return None
        except _Unusable as problem:
            raise _Unusable(f"the key file {path} is not used, as {problem}") from None
        except OSError as error:
            raise _Unusable(f"the key file {path} cannot be read ({error.strerror})") from None
        if key is None:
            raise _Unusable(f"the key file {path} is damaged")
        return key

    def _make_key_of_file(self, why: str) -> bytes:
        """Create the key file, or take the one that another process was quicker to create."""
        path = self._state_dir / KEY_FILE
        try:
            # A link appears complete or not at all and never replaces, unlike O_EXCL (empty at first) and a rename.
            _write_private(self._state_dir, _new_key().encode("ascii"), lambda written: os.link(written, path))
        except FileExistsError:
            pass
        else:
            self._say(
                f"Saved sessions are encrypted with a key in {path} (mode 0600), because {why}. "
                "Set WORKRAMP_STATE_KEY to a passphrase to keep the key elsewhere."
            )
        key = self._key_of_file()  # unusable, e.g., on a file system without modes
        if key is None:
            raise _Unusable(f"the key file {path} vanished")
        return key

    def _ask_keyring(self, question: Callable[[], Answer]) -> Answer:
        """Ask the keyring in a thread of its own: a locked one without a screen to ask on may never answer."""
        if self._keyring_problem is not None:
            raise _Unusable(self._keyring_problem)
        answers: list[Answer] = []
        problems: list[Exception] = []

        def ask() -> None:
            try:
                answers.append(question())
            except Exception as error:  # noqa: BLE001 - backends raise errors of D-Bus, Win32, ... and their own
                problems.append(error)

        thread = threading.Thread(target=ask, name="keyring", daemon=True)
        thread.start()
        thread.join(self._keyring_seconds)
        if answers:
            return answers[0]
        if problems:
            # Its message is left out: it is a backend's, and may quote what it was given.
            self._keyring_problem = f"the keyring cannot be used ({type(problems[0]).__name__})"
        else:
            self._keyring_problem = f"the keyring did not answer within {self._keyring_seconds:g} s"
        raise _Unusable(self._keyring_problem)


def _identity(origin: str, account: str) -> tuple[str, str]:
    return origin.strip().rstrip("/").casefold(), account.strip().casefold()


# keys


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(_KEY_SIZE)).decode("ascii")


def _decoded(text: str | None) -> bytes | None:
    try:
        key = base64.b64decode((text or "").strip(), validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == _KEY_SIZE else None


def _encoded(passphrase: SecretStr) -> bytes:
    return passphrase.get_secret_value().encode("utf-8", "surrogatepass")


def _key_of_keyring() -> bytes | None:
    import keyring  # finds its backends on import, which takes longer than all else here

    return _decoded(keyring.get_password(KEYRING_SERVICE, KEYRING_NAME))


def _make_key_of_keyring(state_dir: Path) -> bytes:
    """The key in the keyring, created where there is none. Read back: a null backend takes a key and drops it.

    A lock, since a keyring knows no "set if absent": of two processes, one would encrypt with a key that is gone.
    """
    import keyring
    from filelock import FileLock

    key = _key_of_keyring()
    if key is None:
        with FileLock(state_dir / f"{KEY_FILE}.lock", mode=0o600):
            key = _key_of_keyring()
            if key is None:
                keyring.set_password(KEYRING_SERVICE, KEYRING_NAME, _new_key())
                key = _key_of_keyring()
    if key is None:
        raise keyring.errors.NoKeyringError("nothing is kept")
    return key


def _derive(source: int, key: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """A file's own encryption key, and a check that tells a wrong key from an altered file."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    if source == _KeySource.PASSPHRASE:
        derived = Scrypt(salt=salt, length=48, **SCRYPT_COST).derive(key)
    else:
        derived = HKDF(SHA256(), length=48, salt=salt, info=b"workramp-connector saved session").derive(key)
    return derived[:32], derived[32:]


# files


def _seal(text: bytes, source: _KeySource, key: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    own_key, check = _derive(source, key, salt)
    head = _HEAD.pack(_MAGIC, _VERSION, source, salt, check, nonce)
    return head + AESGCM(own_key).encrypt(nonce, text, head)


def _open(sealed: bytes, key_from: Callable[[int], bytes]) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(sealed) < _HEAD.size + _TAG_SIZE:
        raise _Unusable("it is cut off")
    head = sealed[: _HEAD.size]
    magic, version, source, salt, check, nonce = _HEAD.unpack(head)
    if magic != _MAGIC:
        raise _Unusable("it is not a saved session, or was altered")
    if version != _VERSION:
        raise _Unusable(f"it is of version {version}, and this program reads version {_VERSION}")
    own_key, own_check = _derive(source, key_from(source), salt)
    if not secrets.compare_digest(check, own_check):
        raise _Unusable("it was encrypted with another key")
    try:
        return AESGCM(own_key).decrypt(nonce, sealed[_HEAD.size :], head)
    except InvalidTag:
        raise _Unusable("it was altered or is cut off") from None


def _read_private(path: Path) -> bytes:
    """A regular file's content, if only this user can have read or written it."""
    if path.is_symlink():
        raise _Unusable("it is a symbolic link")
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NOT_FOLLOWED)) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise _Unusable("it is not a regular file")
        if os.name == "posix" and stat.S_IMODE(status.st_mode) & 0o077:
            raise _Unusable(f"others can read it (mode {stat.S_IMODE(status.st_mode):04o}, wider than 0600)")
        if os.name == "posix" and status.st_uid != os.geteuid():
            raise _Unusable("it belongs to another user")
        return file.read()


def _make_private_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        folder.chmod(0o700)


def _write_private(folder: Path, data: bytes, publish: Callable[[str], None]) -> None:
    """Write a file of mode 0600 under a temporary name, on disk before `publish` gives it its own."""
    _remove_stale(folder)
    descriptor, written = tempfile.mkstemp(prefix=".unfinished-", dir=folder)  # opened with O_EXCL and mode 0600
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        publish(written)
        _sync_folder(folder)
    finally:
        Path(written).unlink(missing_ok=True)


def _remove_stale(folder: Path) -> None:
    """Remove what killed processes left behind. Younger files may be another process's, still in writing."""
    for left in folder.glob(".unfinished-*"):
        with suppress(OSError):
            if left.stat().st_mtime < time.time() - _STALE_SECONDS:
                left.unlink()


def _sync_folder(folder: Path) -> None:
    """Make a new name, or the end of one, outlast a power cut: else old cookies come back after a log-out."""
    with suppress(OSError):  # not every file system and system can
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
