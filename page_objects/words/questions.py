"""The questions that a console asks before it does something, and their answers."""

from __future__ import annotations

from collections.abc import Mapping

from page_objects.words.person import DEACTIVATE, MAKE_ADMIN, REACTIVATE, REMOVE_ADMIN, RESEND
from page_objects.words.word import Word


def _of_one(verb: str) -> tuple[str, ...]:
    """A button that says of how many it is: of one alone, whoever is asked about is one."""
    return tuple(f"{verb} 1 {whom}" for whom in ("person", "user"))


_SURE = ("Yes, I am sure", "Yes, I'm sure", "I am sure", "I'm sure")
"""How the admin sites that frameworks bring along answer yes; no is "No, take me back" there."""
AFFIRM_DEACTIVATE = Word(
    "affirm_deactivate",
    (
        *DEACTIVATE.aliases,
        *_of_one("Deactivate"),
        "Yes, deactivate",
        "Confirm",
        "Yes",
        "OK",
        "Confirm deactivation",
        "Yes, deactivate user",
        "Continue",
        *_SURE,
        *("I understand, deactivate", "I understand, deactivate user", "I understand, deactivate this user"),
    ),
)
AFFIRM_REACTIVATE = Word(
    "affirm_reactivate",
    (
        *REACTIVATE.aliases,
        *_of_one("Reactivate"),
        "Yes, reactivate",
        "Yes, activate again",
        "Confirm",
        "Yes",
        "OK",
        "Confirm reactivation",
        "Continue",
        *_SURE,
    ),
)
AFFIRM_RESEND = Word(
    "affirm_resend", (*RESEND.aliases, "Confirm", "Yes", "OK", "Send", "Yes, resend", "Yes, send again")
)
AFFIRM_ADMIN = Word(
    "affirm_admin", (*MAKE_ADMIN.aliases, *REMOVE_ADMIN.aliases, "Confirm", "Yes", "OK", "Continue", "Save")
)
AFFIRM_GRANT = Word(
    "affirm_grant",
    (
        *MAKE_ADMIN.aliases,
        *("Yes, Make Admin", "Invite as Admin", "Invite as an Admin", "Invite Admin", "Grant Access", "Confirm", "Yes"),
        *("OK", "Continue", "Proceed", "Yes, Continue", "Save", "Send", "Invite", "Send Invitation", "Confirm Change"),
    ),
)
"""Usual: what answers yes where a form that makes somebody an admin asks back before it saves or sends."""
UNDERSTOOD = Word("understood", ("I understand", "I confirm", "I am sure", "I'm sure", "Yes, I understand", "I agree"))
UNDERSTOOD_LIKE = r"^(yes,? )?(i (understand|confirm|acknowledge)|i('m| am) sure)\b(?!.*\b(delet|permanent|eras|remov))"
"""Usual: the box that has to be ticked before some questions can be answered with yes; never one about deletion."""
ADMIN_UNDERSTOOD_LIKE = (
    r"^(?:yes,? )?i(?: (?:understand|confirm|acknowledge)|(?:['’]m| am) (?:aware|sure))\b"
    r"(?!.*\b(?:delet|permanent|eras|remov))"
    r".*\b(?:admins?|administrators?|full access|full control)\b"
)
"""Usual: the box that has to be ticked before somebody is made an Admin."""
REASON = Word("reason", ("Reason", "Reason for deactivation", "Deactivation reason", "Why", "Select a reason"))
NO_REASON = Word(
    "no_reason", ("Not specified", "Unspecified", "No reason", "Other", "Other reason", "None of the above")
)
"""Usual: what is chosen where a question wants a reason and will not go on without one."""
PUT_AWAY = Word("put_away", ("OK", "Okay", "Got it", "Understood"))
"""Usual: what closes a panel that only tells something, besides the words to refrain."""
REFRAIN = Word(
    "refrain",
    (
        "Cancel",
        "No, go back",
        "No, cancel",
        "No, take me back",
        "Take me back",
        "No",
        "Go back",
        "Close",
        "Keep active",
        "Not now",
        "No, keep",
        "Keep",
        "Dismiss",
        "Never mind",
        "Keep access",
        "Keep user",
        "Keep person",
    ),
)
CHOICE_ASKS: Mapping[str, str] = {
    "affirm_deactivate": "deactivate",
    "affirm_reactivate": "reactivate",
    "affirm_resend": "resend",
    "affirm_delete_group": "delete",
    "affirm_invite": "(?:invite|send an invitation to)",
}
CHOICE_ASKS_LIKE = (
    r"^(?:(?:are you sure(?: that)? you|do you(?: really| still)?|would you) (?:want|wish|like) to |shall we )?"
    r"VERB\b.*\?$"
)
AFFIRM_INVITE = Word(
    "affirm_invite",
    (
        "Invite and add",
        "Invite & add",
        "Invite and add manager",
        "Invite manager",
        "Invite",
        "Yes, invite",
        "Send invitation",
    ),
)
"""Usual: the answer yes where a page asks whether a manager who is nobody here shall be invited."""
CHOICE_YES_LIKE = r"^(?:yes\b|VERB\b)(?!.*\b(?:not|no|without)\b)"
CHOICE_NO_LIKE = r"^(?:no|cancel|do not|don['’]t|keep|go back)\b"
"""Usual: a question on a page of its own, "Are you sure you want to deactivate Ann Lee?", with Yes and No to choose."""
