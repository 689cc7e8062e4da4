"""The menu of the account that is signed in."""

from __future__ import annotations

from page_objects.words.word import Word

ACCOUNT = Word(
    "account", ("Account", "Account menu", "My account", "Profile", "Open user menu", "User menu", "Your account")
)
