"""Keyrings as machines have them: of a desktop, none, one that is locked, broken, read only, or never answers."""

from __future__ import annotations

import threading

import keyring.backends.fail
import keyring.backends.null
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordSetError


class MemoryKeyring(KeyringBackend):
    """A keyring of a desktop. The priority keeps it from being found by anybody else's look for backends."""

    priority = -1

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.asked = 0
        self.written = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.written += 1
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


class NoKeyring(keyring.backends.fail.Keyring):
    """What keyring chooses on a machine without one."""

    def __init__(self) -> None:
        pass


class NullKeyring(keyring.backends.null.Keyring):
    """What keyring uses where it is switched off: takes every key and keeps none."""

    def __init__(self) -> None:
        pass


class LockedKeyring(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("the collection is locked")


class BrokenKeyring(MemoryKeyring):
    """Fails with an error that is not one of keyring's, as D-Bus backends do."""

    def get_password(self, service: str, username: str) -> str | None:
        raise ZeroDivisionError


class ReadOnlyKeyring(MemoryKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError(f"cannot store {password}")


class HangingKeyring(MemoryKeyring):
    """Waits for somebody to unlock it, as one does without a screen."""

    released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.released.wait(30)
        return None
