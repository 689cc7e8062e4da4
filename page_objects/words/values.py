"""The values that cells and details hold: roles, statuses, and what says that there is nothing."""

from __future__ import annotations

from collections.abc import Mapping

from page_objects.words.word import Word

_WITH_FULL_ACCESS = tuple(
    how.format(name)
    for name in ("Admin", "Administrator")
    for how in ("{} - full access", "{} – full access", "{} — full access", "{} (full access)", "{}: full access")
)
"""Usual: an option that goes on to say what it means. 'Admin – read only' would be another role."""
ROLE_NAMES: Mapping[str, Word] = {
    "learner": Word("role_learner", ("Learner", "Learner (default)")),
    "manager": Word("role_manager", ("Manager", "People manager")),
    "admin": Word("role_admin", ("Admin", "Administrator", *_WITH_FULL_ACCESS)),
    "content_creator": Word(
        "role_content_creator",
        ("Content Creator", "Content Creator / Author", "Author", "Editor", "Content Author", "Content Creator/Author"),
    ),
}
STATUS_NAMES: Mapping[str, Word] = {
    "active": Word("status_active", ("Active", "Activated", "Enabled")),
    "invited": Word(
        "status_invited",
        (
            "Invited",
            "Pending",
            "Invitation sent",
            "Invite sent",
            "Invite pending",
            "Invitation pending",
            "Pending invitation",
            "Pending invite",
            *("Pending invitations", "Pending invites", "Invitations pending", "Open invitations"),
        ),
    ),
    "deactivated": Word("status_deactivated", ("Deactivated", "Inactive", "Disabled")),
}
STATUS_WITH_ROLE: Mapping[str, Word] = {
    "user": Word("status_user", ("User",)),
    "admin": Word("status_admin", ("Admin", "Administrator")),
}
"""Help center: the Status column says User, Admin or Deactivated. Who is a User is neither deactivated nor an admin."""
NEVER = (
    "never",
    "never logged in",
    "never signed in",
    "not yet",
    "has not signed in",
    "hasn't signed in",
    "has never signed in",
)
NOTHING = (
    "",
    "-",
    "–",
    "—",
    "none",
    "n/a",
    "no groups",
    "no managers",
    "no manager",
    "not assigned",
    "unassigned",
    "no group",
)
