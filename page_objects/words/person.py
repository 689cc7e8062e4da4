"""One person: what can be done to her, on her row or her own page, and the tabs and buttons of the latter."""

from __future__ import annotations

from page_objects.words.word import Word

DEACTIVATE = Word(
    "deactivate",
    (
        "Deactivate",
        "Deactivate This User",
        "Deactivate User",
        "Deactivate person",
        "Deactivate this person",
        "Deactivate account",
    ),
)
REACTIVATE = Word(
    "reactivate",
    (
        "Reactivate",
        "Reactivate This User",
        "Reactivate User",
        "Reactivate person",
        "Reactivate this person",
        "Reactivate account",
        "Activate again",
    ),
)
APPLY = Word("apply", ("Apply", "Go", "Apply action", "Apply to selected", "Run", "Do it"))
"""Usual: does the action that is chosen in a list beside it, to whoever is ticked."""
FIELD_STATUS = Word("field_status", ("Status", "User status", "Account status"))
"""Usual: the field of a form for a person in which she is made inactive, and active again."""


def of_the_ticked(action: Word) -> Word:
    """An action as a list of actions on whoever is ticked may call it."""
    verb = action.aliases[0]
    whom = ("selected", "users", "people", "selected users", "selected people", "user(s)", "accounts")
    return Word(f"{action.key}_ticked", tuple(f"{verb} {each}" for each in whom))


RESEND = Word(
    "resend",
    ("Resend invitation", "Resend invite", "Resend", "Resend Invitation email", "Send invitation again", "Send again"),
)
CANCEL_INVITATION = Word(
    "cancel_invitation",
    tuple(
        f"{verb} {what}" for verb in ("Cancel", "Revoke", "Withdraw", "Rescind") for what in ("invitation", "invite")
    ),
)
"""Usual: offered of the invited in place of 'Deactivate'. Nothing documents what becomes of them then."""
EDIT = Word(
    "edit",
    ("Edit", "Edit User Information", "Edit User", "Edit person", "Edit details", "Edit profile", "Edit information"),
)
MAKE_ADMIN = Word(
    "make_admin",
    (
        *("Make Admin", "Make an Admin", "Promote to Admin", "Grant Admin", "Make This User an Admin"),
        *("Make User an Admin", "Make This Person an Admin", "Grant Admin Rights", "Grant Admin Access"),
    ),
)
REMOVE_ADMIN = Word(
    "remove_admin",
    (
        *("Remove Admin", "Remove as Admin", "Remove Admin Access", "Revoke Admin", "Make User"),
        *("Remove Admin Privileges", "Remove Admin Rights", "Remove Admin Role", "Revoke Admin Rights"),
    ),
)
EDIT_GROUPS = Word(
    "edit_groups", ("Edit Group", "Edit Groups", "Change Group", "Change Groups", "Manage Groups", "Edit Group(s)")
)
EDIT_MANAGERS = Word(
    "edit_managers",
    ("Edit Managers", "Edit Manager", "Change Managers", "Change Manager", "Manage Managers", "Edit Manager(s)"),
)
TAB_DETAILS = Word(
    "tab_details", ("Details", "User details", "Profile", "General", "Information", "User Information", "Account")
)
TAB_GROUPS = Word("tab_groups", ("Groups", "Group", "Group membership"))
TAB_MANAGERS = Word("tab_managers", ("Managers", "Manager", "Reporting"))
VIEW = Word("view", ("View", "View details", "View profile", "Open", "Details", "View user", "View person"))
SAVE = Word(
    "save",
    (
        "Save",
        "Save changes",
        "Update",
        "Update user",
        "Save user",
        "Apply",
        "Apply changes",
    ),
)
SAVE_PART = Word(
    "save_part", tuple(f"Save {part}" for part in ("person", "profile", "details", "groups", "managers", "role"))
)
"""Usual: what saves where nothing is called 'Save' alone."""
REMOVE_ENTRY = Word(
    "remove_entry", ("Remove", "Remove manager", "Remove as manager", "Take off", "Remove from list", "Unassign")
)
"""Usual: what stands in the row of each manager in a list of hers, and takes that one off it at once."""
ADD_TO_GROUP = Word(
    "add_to_group",
    ("Add to group", "Add to groups", "Add to a group", "Add to group(s)", "Add to another group", "Add user to group"),
)
"""Usual: what stands by the list of a person's groups and opens a form to choose one more of them."""
REMOVE_FROM_GROUP = Word(
    "remove_from_group", ("Remove", "Remove from group", "Remove from this group", "Leave", "Leave group", "Unassign")
)
"""Usual: what stands in the row of each group in a list of a person's, and takes her out of that one at once."""
ADD_AT_ONCE = Word("add_at_once", ("Add", "Add manager", "Add managers", "Add to group", "Add to groups"))
"""Usual: what stands beside a field and adds what it holds at once, where nothing saves."""
ROW_MENU = Word(
    "row_menu",
    (
        "Actions",
        "More actions",
        "More",
        "Open menu",
        "Row actions",
        "More options",
        "Options",
        "User actions",
        "Open row menu",
        "Open actions menu",
        "Show actions",
        "Toggle dropdown",
        "Toggle menu",
        "Menu",
        "⋮",
        "⋯",
        "…",
        "...",
        "▾",
        "▼",
    ),
)
