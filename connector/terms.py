"""The words that models, guards and the command share as values: roles, statuses, guards, results.

Without pydantic, whose import takes longer than the help of a command may.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The fixed roles of the guide: Learner (default), Manager, Admin, Content Creator / Author."""

    LEARNER = "learner"
    MANAGER = "manager"
    ADMIN = "admin"
    CONTENT_CREATOR = "content_creator"


class Status(StrEnum):
    """Whether a person can sign in: `invited` people have not activated their account yet."""

    ACTIVE = "active"
    INVITED = "invited"
    DEACTIVATED = "deactivated"


class Guard(StrEnum):
    """The checks that run before anything is clicked; the values are what `--override` takes."""

    AMBIGUOUS_MATCH = "ambiguous-match"
    OWN_ACCOUNT = "own-account"
    LAST_ADMIN = "last-admin"
    PROTECTED = "protected"
    WRONG_TENANT = "wrong-tenant"
    SCIM_MANAGED = "scim-managed"
    NO_FREE_SEAT = "no-free-seat"
    UNKNOWN_GROUP = "unknown-group"
    UNKNOWN_MANAGER = "unknown-manager"
    LOOK_ALIKE = "look-alike"
    MASS_CHANGE = "mass-change"
    ADMIN_ROLE = "admin-role"
    GROUP_REQUIRED = "group-required"
    SSO_DOMAIN = "sso-domain"
    KEY_OWNER = "key-owner"


NEVER_LIFTED = frozenset(
    {Guard.AMBIGUOUS_MATCH, Guard.OWN_ACCOUNT, Guard.LAST_ADMIN, Guard.PROTECTED, Guard.WRONG_TENANT}
)
"""Guards that no `--override` lifts."""


class Result(StrEnum):
    """What became of an operation. `done` only after the new state was read back from the console."""

    DONE = "done"
    ALREADY = "already"
    REFUSED = "refused"
    FAILED = "failed"
    UNKNOWN = "unknown"
