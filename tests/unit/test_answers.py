"""What a console's words mean where nothing can be read back."""

from __future__ import annotations

import pytest

from page_objects.answers import refusing


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Invitation resent to ann@x.example.", ([], [])),
        ("The invitation was sent again.", ([], [])),
        ("On its way to Ann Lee", ([], [])),
        ("Could not reach the mail server", (["Could not reach the mail server"], [])),
        ("You have reached the limit of reminders", (["You have reached the limit of reminders"], [])),
        ("Too many invitations were sent today", ([], ["Too many invitations were sent today"])),
        ("It was not sent", (["It was not sent"], [])),
        ("Users are locked. Nothing was changed.", (["Users are locked. Nothing was changed."], [])),
        ("The invitation couldn't be sent", (["The invitation couldn't be sent"], [])),
        ("Ann was invited, Bob was not invited", ([], ["Ann was invited, Bob was not invited"])),
        ("Ann Lee is no longer deactivated", ([], ["Ann Lee is no longer deactivated"])),
    ],
)
def test_words_that_object_refuse_and_those_that_may_mean_either_are_told_apart(
    said: str, meant: tuple[list[str], list[str]]
) -> None:
    assert refusing([said]) == meant


def test_nothing_said_refuses_nothing() -> None:
    assert refusing([]) == ([], [])
