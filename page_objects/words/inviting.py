"""Inviting: the button, and the fields and buttons of the form, which other forms have as well."""

from __future__ import annotations

from collections.abc import Mapping

from page_objects.words.word import Word

INVITE = Word(
    "invite",
    (
        "Invite User",
        "Add User",
        "Invite Users",
        "Invite New User",
        "Invite person",
        "Invite people",
        "Add person",
        "Add people",
        "Add Users",
    ),
)
FIELD_EMAIL = Word("field_email", ("Email", "E-mail", "Email address", "E-mail address", "Work email", "User email"))
FIELD_EMAILS = Word(
    "field_emails",
    (
        "Email addresses",
        "Emails",
        "E-mail addresses",
        "E-mails",
        "Enter email addresses",
        "Paste email addresses",
        "Enter emails",
        "Add emails",
        "User emails",
        "Email address(es)",
        "Email list",
        "List of email addresses",
    ),
)
"""Help center: the invite modal of the settings edition takes one or many e-mails, pasted as a list."""
FIELD_EMAIL_OR_EMAILS = Word("field_email_or_emails", (*FIELD_EMAILS.aliases, *FIELD_EMAIL.aliases))
FIELD_FIRST_NAME = Word("field_first_name", ("First name", "Given name"))
FIELD_NAME = Word("field_name", ("Name", "Full name", "Display name"))
FIELD_ADMIN = Word(
    "field_admin",
    (
        "Admin",
        "Make Admin",
        "Is admin",
        "Administrator",
        "Make this user an Admin",
        "Make these users admins",
        "Make these users Admins",
        "Make user an admin",
        "Make users admins",
        "Make invitees admins",
        "Make invitee an Admin",
        "Invite as admin",
        "Invite as admins",
        "Admin access",
        "Make admin(s)",
    ),
)
"""Help center: a toggle that makes the invitee, or the person, an Admin."""
FIELD_LAST_NAME = Word("field_last_name", ("Last name", "Surname", "Family name"))
FIELD_ROLE = Word("field_role", ("Role", "User role", "Select role", "Select a role", "Choose a role", "Choose role"))
FIELD_GROUPS = Word(
    "field_groups",
    (
        *(
            "Groups",
            "Group",
            "Add to groups",
            "Add to group",
            "Add to a group",
            "Select groups",
            "Choose groups",
            "Group(s)",
            "Add groups",
            "Add group",
        ),
        *("Member of", "Member of groups", "Group membership", "Group memberships"),
    ),
)
FIELD_NEW_GROUP = Word(
    "field_new_group",
    (
        *(
            "New group",
            "Or a new group",
            "Or new group",
            "New group name",
            "Name of the new group",
            "Name of new group",
        ),
        *("Create a new group", "Or create a new group", "Create new group", "Add a new group", "Or add a new group"),
        *("New groups", "New groups, separated by commas", "New groups (separated by commas)"),
        *("New groups, comma separated", "New groups (comma separated)"),
    ),
)
"""Usual: a field of its own, beside the choice of groups, for the name of one that is made when the form is saved."""
FIELD_MANAGERS = Word(
    "field_managers",
    (
        "Managers",
        "Manager",
        "Manager emails",
        "Managers' emails",
        "Manager email",
        "Manager(s)",
        "Add managers",
        "Reports to",
        "Manager e-mails",
        "Managers' e-mails",
        "Add manager",
        "Manager's email",
        "Manager's e-mail",
    ),
)
_WHO = "(?:the|this|your) (?:new )?(?:user|person|learner|member|employee|colleague)"
_WHOSE = f"(?:{_WHO}['’]s|their)"
_GROUP = "(?:the|this|your) (?:new )?group"
_WHAT_IS = "(?:what(?:['’]s| is| are)|enter)"
_OF_THEM = f"(?:{_WHO}|they|them)"
_ENDS = r"\s*\??\s*(?:[(\[](?:optional|required)[)\]])?[\s?*:]*$"
FIELD_QUESTIONS: Mapping[str, str] = {
    **dict.fromkeys(
        ("field_email", "field_email_or_emails"), rf"^{_WHAT_IS} {_WHOSE} (?:work )?e-?mail(?: address)?{_ENDS}"
    ),
    "field_first_name": rf"^{_WHAT_IS} {_WHOSE} (?:first|given) name{_ENDS}",
    "field_last_name": rf"^{_WHAT_IS} {_WHOSE} (?:last|family) name{_ENDS}",
    "field_name": rf"^{_WHAT_IS} {_WHOSE} (?:full )?name{_ENDS}",
    "field_role": rf"^(?:what|which) role (?:should|will|does|do|is) {_OF_THEM} (?:have|be given|get|in){_ENDS}"
    rf"|^{_WHAT_IS} {_WHOSE} role{_ENDS}",
    "field_groups": rf"^(?:what|which) groups? (?:should|will|does|do|is|are) {_OF_THEM} "
    rf"(?:be |belong |be added )?(?:in|to|join|a member of){_ENDS}|^{_WHAT_IS} {_WHOSE} groups?{_ENDS}",
    "field_managers": rf"^who (?:manages|should manage|will manage) {_OF_THEM}{_ENDS}"
    rf"|^who (?:is|are) {_WHOSE} managers?{_ENDS}|^who (?:does|do|should|will) {_OF_THEM} report to{_ENDS}",
    "field_group_name": rf"^{_WHAT_IS} (?:the name of {_GROUP}|{_GROUP}['’]s name){_ENDS}"
    rf"|^what (?:is {_GROUP} called|do you want to (?:call|name) {_GROUP}){_ENDS}",
}
"""Usual where a page asks one thing at a time: the question that names a field, besides its words."""
FIELD_INSTRUCTIONS: Mapping[str, str] = dict.fromkeys(
    ("field_email", "field_emails", "field_email_or_emails"),
    r"^(?:please )?(?:paste|enter|type|add|provide)(?:,? (?:or|and) (?:paste|enter|type))?(?: in)?"
    r"(?: (?:an?|the|your|their|one|some|many|several|multiple|more|all|new|valid|work|business|company|list|of|up|to"
    r"|\d+|comma[- ]separated"
    r"|(?:users?|person|people|learners?|members?|employees?|colleagues?|invitees?)(?:['’]s?)?)){0,6}"
    r" e-?mail(?:s| address(?:es)?)?\b(?! (?:to|text|body|subject|template|message))",
)
"""Usual where nothing else names a field: the sentence right before it, which tells what to put in."""
ADD_TO_LIST = Word(
    "add_to_list",
    (*("Add to list", "Add to the list", "Add emails", "Add e-mails", "Add email addresses", "Add addresses"),),
)
"""Usual in forms with lines for those who are invited: the pasted addresses become lines of their own."""
ADD_VALUE = Word("add_value", ("Add", "Create", "Add group", "Create group", "Add manager", "+"))
SEND_INVITATION = Word(
    "send_invitation",
    (
        "Send invitation",
        "Add and invite",
        "Add and send invitation",
        "Create and invite",
        "Create User",
        "Save and invite",
        "Save and send invitation",
        "Send invite",
        "Send invitations",
        "Send invites",
        "Invite",
        "Send",
        "Invite User",
        "Add User",
        "Invite person",
        "Add person",
        "Send the invitation",
        "Send Invitation email",
        *(f"Send # {what}" for what in ("invitation", "invitations", "invite", "invites")),
        *(f"{verb} # {whom}" for verb in ("Invite", "Add") for whom in ("person", "people", "user", "users")),
    ),
)
NEXT_STEP = Word(
    "next_step", ("Next", "Continue", "Next step", "Review", "Go to review", "Review and send", "Review invitation")
)
"""What leads on in a form that is divided into steps."""
CANCEL = Word("cancel", ("Cancel", "Discard", "Discard changes", "Never mind"))
KEEP_EDITING = Word(
    "keep_editing",
    (
        "Keep editing",
        "Continue editing",
        "Go back to editing",
        "Back to editing",
        "Resume editing",
        "No, keep editing",
        "Don't discard",
        "Stay on this page",
        "Stay on page",
    ),
)
"""Usual: the answer to whether what was filled in is to be lost, that loses nothing."""
CLOSE = Word("close", ("Close", "Dismiss", "Close dialog", "Close drawer", "Close panel", "×", "✕"))
