"""The list of people: the ways to its screen, its columns, and what it says where it is cut, narrowed or empty."""

from __future__ import annotations

from collections.abc import Mapping

from page_objects.words.word import Word

# ---- the ways to the People screen ---------------------------------------------------------------------------------
PEOPLE = Word("people", ("People", "Users", "User management", "Manage users", "People & Groups"))
ADMIN = Word("admin", ("Admin", "Administration", "Admin console", "Admin settings", "Admin home"))
SETTINGS = Word("settings", ("Settings", "Account settings", "Company settings", "Organization settings"))
WAYS_TO_PEOPLE = (PEOPLE, SETTINGS, ADMIN)
"""Guide: Admin -> People (or Users). Help center: Settings (top bar) -> Users tab. The nearest word first."""

# ---- the people table ----------------------------------------------------------------------------------------------
COLUMN_NAME = Word(
    "column_name",
    (
        *("Name", "Full name", "User", "Person", "User name", "Member"),
        *("Last name, First name", "Last, First", "Name (Last, First)", "Name (Last name, First name)"),
        "Surname, First name",
    ),
)
COLUMN_FIRST_NAME = Word("column_first_name", ("First name", "Given name"))
COLUMN_LAST_NAME = Word("column_last_name", ("Last name", "Surname", "Family name"))
COLUMN_EMAIL = Word("column_email", ("Email", "E-mail", "Email address", "E-mail address", "Work email"))
COLUMN_ROLE = Word("column_role", ("Role", "User role", "Roles", "Access level"))
COLUMN_GROUPS = Word("column_groups", ("Groups", "Group", "Group(s)", "Group membership"))
COLUMN_STATUS = Word("column_status", ("Status", "State", "Account status"))
COLUMN_LAST_LOGIN = Word(
    "column_last_login",
    (
        "Last Login",
        "Last log in",
        "Last sign in",
        "Last sign-in",
        "Last seen",
        "Last active",
        "Last login date",
        "Last activity",
    ),
)
COLUMN_MANAGERS = Word("column_managers", ("Managers", "Manager", "Manager(s)", "Reports to"))
COLUMN_SCIM = Word(
    "column_scim",
    (
        *("SCIM", "Managed by", "Provisioned by", "Provisioning", "Source"),
        *("Managed by SCIM", "SCIM managed", "SCIM-managed", "Provisioned by SCIM", "Provisioned via SCIM"),
    ),
)
COLUMN_ACTIONS = Word("column_actions", ("Actions", "Action"))

COLUMNS: Mapping[str, Word] = {
    "name": COLUMN_NAME,
    "first_name": COLUMN_FIRST_NAME,
    "last_name": COLUMN_LAST_NAME,
    "email": COLUMN_EMAIL,
    "role": COLUMN_ROLE,
    "groups": COLUMN_GROUPS,
    "status": COLUMN_STATUS,
    "last_login": COLUMN_LAST_LOGIN,
    "managers": COLUMN_MANAGERS,
    "scim": COLUMN_SCIM,
    "actions": COLUMN_ACTIONS,
}
"""What a column may be called, by the field of a person it holds."""

NEXT_PAGE = Word("next_page", ("Next", "Next page", "Go to next page", "Next item", "›", "⟩", "❯", ">", "→", "»"))
LOAD_MORE = Word(
    "load_more",
    (
        "Load more",
        "Show more",
        "View more",
        "See more",
        "Load # more",
        "Show # more",
        *(f"{verb} more {whom}" for verb in ("Load", "Show", "View", "See") for whom in ("people", "users", "results")),
        *(f"{verb} # more {whom}" for verb in ("Load", "Show") for whom in ("people", "users", "results")),
    ),
)
STATUS_FILTER = Word("status_filter", ("Status", "Filter by status", "Status filter", "Account status"))
FILTERS = Word(
    "filters",
    ("Filters", "Filter", "Show filters", "More filters", "All filters", "Filter by", "Filter users", "Filter people"),
)
"""Usual: what unfolds the filters of a list, that by status among them."""
EVERY_STATUS = Word(
    "every_status",
    ("All", "All statuses", "Any status", "Any", "Everyone", "All people", "All users", "Status: All", "All status"),
)
ACTIVE_TAB = Word("active_tab", ("User", "Users", "Member", "Members", "People", "Learners", "Current", "Joined"))
"""Usual: the tab of whoever is active, beside those of the invited and the deactivated."""
SHOW_DEACTIVATED = Word(
    "show_deactivated",
    tuple(
        f"{verb} {how} {whom}".strip()
        for verb in ("Show", "Include", "Display")
        for how in ("deactivated", "inactive")
        for whom in ("users", "people", "accounts", "")
    ),
)
"""Usual: a box that is off at first, without which a list leaves out who is deactivated."""
_THINGS = (
    "people|users?|persons?|one|results?|(?:team |staff )?members?|matches|records?|entries|rows|learners?|accounts?"
    "|employees?|colleagues"
)
_SO = "(?:were )?found|match(?:es|ed|ing)?|to (?:show|display|list)|available"
_WHICH = "(?:matching |such |other |active |inactive |invited |pending |deactivated )?"
NOBODY_LIKE = (
    rf"^(?:sorry,? )?(?:there are |there is |we found )?no {_WHICH}(?:{_THINGS}) (?:{_SO})\b.*$"
    rf"|^(?:sorry,? )?(?:there are |we found )no {_WHICH}(?:{_THINGS})[.!]?$|^no matching (?:{_THINGS})[.!]?$"
    rf"|^(?:sorry,? )?we (?:could ?n.t|could not|can.t|did ?n.t) find any (?:matching )?(?:{_THINGS})\b.*$"
    r"|^(?:sorry,? )?(?:there are )?no (?:[\w-]+ ){1,2}match(?:es)?\b.*$"
    r"|^(?:nobody|no one|no-one) (?:(?:was |is )?found|matche[sd])\b.*$"
)
"""Usual: an empty list says so in such a sentence where it uses none of the words: "No users match your filter"."""
_ONE_STATUS = "(?:active|inactive|invited|pending|deactivated)"
NOBODY_OF_ONE_STATUS_LIKE = rf"^(?:sorry,? )?(?:there are |we found )?no {_ONE_STATUS} (?:{_THINGS})\b.*$"
"""Usual: what an empty list says that is narrowed to one status."""
NOBODY = Word(
    "nobody",
    (
        "No people found",
        "No users found",
        "No results",
        "No results found",
        "No data",
        "No people match",
        "No matches",
        "No people match your search",
        "No users match your search",
        "No rows",
        "Nothing found",
        "No people",
        "No users",
        "No matching people",
        "No matching users",
        "No matching results",
        "No matching records",
        "No records found",
        "No people to show",
        "No users to show",
        "No users match",
        "No results match your search",
        "No results for your search",
        "No people match your filters",
        "No users match your filters",
        "No people match these filters",
        "No users match these filters",
        "No people match your criteria",
        "No users match your criteria",
        "No matching records found",
        "No matching people found",
        "No matching users found",
        "No one found",
        "No one matches",
        "No one matches your search",
        "Nobody matches",
        "Nobody found",
        "There are no people",
        "There are no users",
    ),
)
