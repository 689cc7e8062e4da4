"""The labels of what a person's page or drawer shows of her."""

from __future__ import annotations

from collections.abc import Mapping

from page_objects.words.inviting import FIELD_ADMIN, FIELD_FIRST_NAME, FIELD_LAST_NAME
from page_objects.words.people_list import COLUMN_EMAIL, COLUMN_LAST_LOGIN, COLUMN_SCIM
from page_objects.words.word import Word

DETAILS: Mapping[str, Word] = {
    "email": Word("detail_email", COLUMN_EMAIL.aliases),
    "name": Word("detail_name", ("Name", "Full name", "Display name")),
    "first_name": Word("detail_first_name", FIELD_FIRST_NAME.aliases),
    "last_name": Word("detail_last_name", FIELD_LAST_NAME.aliases),
    "role": Word("detail_role", ("Role", "User role", "Roles")),
    "groups": Word("detail_groups", ("Groups", "Group", "Group membership", "Group memberships", "Member of")),
    "managers": Word(
        "detail_managers",
        ("Managers", "Manager", "Manager emails", "Managers' emails", "Reports to", "Manager e-mails"),
    ),
    "admin": Word("detail_admin", FIELD_ADMIN.aliases),
    "status": Word("detail_status", ("Status", "Account status", "State")),
    "last_login": Word("detail_last_login", COLUMN_LAST_LOGIN.aliases),
    "scim": Word("detail_scim", COLUMN_SCIM.aliases),
}
"""What a value may be labelled on a person's page or drawer."""

DETAIL_PROFILE = Word("detail_profile", ("Profile", "Names", "Personal information", "Personal details"))
"""The heading of the part of a person's page that holds her names."""
