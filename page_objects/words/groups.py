"""Groups: their list, one group, the form that makes one.

Help center: Settings -> Groups; '+ Add Group', 'Edit Group', 'Add Users', tab Rules, 'Delete'.
"""

from __future__ import annotations

from collections.abc import Mapping

from page_objects.words.people_list import ADMIN, COLUMN_ACTIONS, COLUMN_EMAIL, PEOPLE, SETTINGS
from page_objects.words.word import Word

GROUPS = Word("groups", ("Groups", "User groups", "Manage groups", "All groups", "Group management"))
WAYS_TO_GROUPS = (GROUPS, SETTINGS, PEOPLE, ADMIN)
"""Help center: Settings -> Groups. The nearest word first; the address is not documented."""
COLUMN_GROUP = Word("column_group", ("Name", "Group name", "Group", "Title", "Group title"))
COLUMN_MEMBERS = Word(
    "column_members",
    (
        "Members",
        "Users",
        "People",
        "Number of members",
        "Number of users",
        "of members",
        "of users",
        "Member count",
        "User count",
        "Total members",
        "Total users",
        "No. of members",
        "No. of users",
        "Size",
    ),
)
MEMBERS_LINK = Word(
    "members_link",
    (
        *(f"# {who}" for who in ("members", "users", "people", "member", "user", "person")),
        *("Members", "Users", "People"),
        *(f"{verb} {who}" for verb in ("View", "View all", "See", "Show") for who in ("members", "users", "people")),
    ),
)
"""Usual: what a group's own screen says of its members where they lie behind a link."""
COLUMN_KIND = Word(
    "column_kind",
    ("Type", "Group type", "Kind", "Membership", "Membership type", "Static/Dynamic", "Static or dynamic"),
)
COLUMN_CREATED = Word(
    "column_created",
    (
        "Created",
        "Created on",
        "Created at",
        "Created by",
        "Date created",
        "Creation date",
        "Updated",
        "Last updated",
        "Last modified",
        "Modified",
        "Description",
        "Owner",
    ),
)
GROUP_COLUMNS: Mapping[str, Word] = {
    "name": COLUMN_GROUP,
    "members": COLUMN_MEMBERS,
    "kind": COLUMN_KIND,
    "created": COLUMN_CREATED,
    "actions": COLUMN_ACTIONS,
    "address": COLUMN_EMAIL,
}
"""What a column of the list of groups may be called. A list with addresses is one of people."""
GROUP_KINDS: Mapping[str, Word] = {
    "static": Word("group_static", ("Static", "Static group", "Manual", "Manual group")),
    "dynamic": Word(
        "group_dynamic",
        (
            "Dynamic",
            "Dynamic group",
            "Rule-based",
            "Rule based",
            "Rules-based",
            "Rule-based group",
            "Automatic",
            "Auto-updating",
            "Auto-update",
            "Smart group",
        ),
    ),
}
CHOICE_STATIC_LIKE = (
    r"^(?!.*\b(?:dynamic|rules?|automatic(?:ally)?|conditions?)\b)"
    r".*\b(?:static|by hand|manual(?:ly)?|one by one|admins? adds?|added by (?:an |the )?admins?)\b"
)
"""Usual: the one of several ways in which people may join a new group by which nobody does but by hand."""
NO_GROUPS = Word(
    "no_groups",
    ("No groups found", "No groups", "No groups yet", "No results", "No results found", "No data", "Nothing found"),
)
NO_MEMBERS = Word(
    "no_members",
    (
        "No users in this group",
        "No members",
        "No members yet",
        "No users",
        "No users yet",
        "No people",
        "No people in this group",
        "No members in this group",
        "This group is empty",
        "This group has no members",
        "No users found",
        "No members found",
        "No results",
        "No data",
    ),
)
ADD_GROUP = Word(
    "add_group", ("+ Add Group", "Add Group", "Create Group", "New Group", "Create new group", "Add new group")
)
FIELD_GROUP_NAME = Word(
    "field_group_name",
    ("Group name", "Name", "Name of the group", "Enter group name", "New group name", "Group title", "Title"),
)
CREATE_GROUP = Word(
    "create_group", ("Create", "Create Group", "Add Group", "Add", "Save", "Save group", "Done", "Create new group")
)
OPEN_GROUP = Word(
    "open_group",
    (
        "Edit Group",
        "View Group",
        "Edit",
        "View",
        "View members",
        "Manage members",
        "Members",
        "View users",
        "Manage Group",
        "Manage",
        "Open",
        "Details",
        "View details",
    ),
)
DELETE_GROUP = Word(
    "delete_group",
    (
        "Delete",
        "Delete Group",
        "Delete Groups",
        "Delete selected",
        "Delete selected group",
        "Delete selected groups",
        "Delete # group",
        "Delete this group",
    ),
)
AFFIRM_DELETE_GROUP = Word(
    "affirm_delete_group",
    (*DELETE_GROUP.aliases, "Yes, delete", "Yes, delete group", "Confirm", "Yes", "OK", "Continue"),
)
_WHO = ("Users", "User", "People", "Person", "Members", "Member")
ADD_MEMBERS = Word(
    "add_members",
    (
        *(f"{plus}Add {who}" for who in _WHO for plus in ("", "+ ")),
        *(f"Add {who} to group" for who in ("users", "people", "members")),
        "Add to group",
    ),
)
"""Help center: 'Add Users' on a group's own screen."""
TAB_PICK_MEMBERS = Word(
    "tab_pick_members",
    (
        "Users",
        "People",
        "Individual users",
        "Individuals",
        "Pick users",
        "Pick people",
        "Select users",
        "Select people",
    ),
)
"""Help center: 'Add Users' offers picking people, rules, or pasting e-mail addresses; usual: each on a tab."""
FIELD_MEMBERS = Word(
    "field_members",
    (
        *("Users", "People", "Members"),
        *(f"{verb} {who.lower()}" for verb in ("Add", "Select", "Choose", "Pick") for who in _WHO),
        *(f"{verb} {who}" for verb in ("Search", "Search for", "Find") for who in ("users", "people", "members")),
        *("User", "Person", "Member", "Select a user", "Choose a user", "Select a person", "Choose a person"),
        *("Users to add", "People to add"),
    ),
)
SEND_MEMBERS = Word(
    "send_members",
    (
        *(alias for alias in ADD_MEMBERS.aliases if not alias.startswith("+")),
        *("Add", "Add selected", "Add # user", "Add # person", "Add # member", "Add selected users"),
        *("Save", "Save changes", "Done", "Apply", "Update", "Confirm"),
    ),
)
REMOVE_MEMBER = Word(
    "remove_member",
    (
        *("Remove", "Remove from group", "Remove from this group", "Remove user", "Remove member", "Remove person"),
        *("Remove user from group", "Remove member from group"),
    ),
)
"""Usual: what stands in the row of each member on a group's own screen, or in its menu, and takes that one out of it.

Help center: one who is taken out of a dynamic group by hand is excluded from it from then on.
"""
AFFIRM_REMOVE_MEMBER = Word(
    "affirm_remove_member",
    (
        *REMOVE_MEMBER.aliases,
        *("Yes, remove", "Yes, remove user", "Yes, remove member", "Remove 1 user", "Remove 1 member"),
        *("Leave group", "Leave", "Confirm", "Yes", "OK", "Continue"),
    ),
)
