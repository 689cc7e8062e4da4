"""The words on the console's screens, each with every documented alias.

Sources: the user-management guide and the help center, as restated in docs/facts.md. What is marked "usual" is not
documented for WorkRamp; it is how consoles of this kind commonly put the same thing, and is accepted besides. Words are
compared whole, without regard to case, to required marks, counters and icon names; never as a part of a longer word.
A `#` stands for a number. One file, as long as it is: a console is compared with all of it, and `docs/labels.md` and a
customer's file name its keys. A customer's own words come in as extra aliases of the same keys (see `Vocabulary`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache


@dataclass(frozen=True)
class Word:
    """One thing a console can say: a stable key and the spellings it is known by, the documented ones first."""

    key: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """The words in force: the known ones and, by key, a customer's additions."""

    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, word: Word) -> list[str]:
        """All spellings of a word."""
        return [*word.aliases, *self.extra.get(word.key, ())]


# ---- signing in (guide: e-mail first, Continue, password; help center: 'Sign in with single sign on') ----
SIGN_IN_EMAIL = Word(
    "sign_in_email",
    (
        "Email",
        "E-mail",
        "Email address",
        "E-mail address",
        "Work email",
        "Your email",
        "Username",
        "Email or username",
        "Work email address",
        "Enter your email",
        "Enter your email address",
        "User name",
        "User ID",
        "Login",
        "Email or phone",
        "Email, phone, or Skype",
        "you@company.com",
        "name@company.com",
    ),
)
PASSWORD = Word("password", ("Password", "Your password", "Enter your password", "Current password"))
CONTINUE = Word("continue", ("Continue", "Next", "Continue with email"))
LOG_IN = Word(  # the last ones: usual for identity providers
    "log_in",
    (
        "Log in",
        "Login",
        "Sign in",
        "Continue",
        "Next",
        "Submit",
        "Sign on",
        "Log on",
        "Verify",
        "SSO Login",
    ),
)
SINGLE_SIGN_ON = Word(
    "single_sign_on",
    (
        "Sign in with single sign on",
        "Sign in with SSO",
        "Single sign-on",
        "Continue with SSO",
        "Sign in with single sign-on",
        "Log in with single sign on",
        "Log in with single sign-on",
        "Continue with single sign on",
        "Continue with single sign-on",
        "Log in with SSO",
        "Login with SSO",
        "Use single sign-on",
        "Use SSO",
        "Single sign on",
        "Single Sign-On (SSO)",
        "SSO",
    ),
)
CODE = Word(  # usual
    "code",
    (
        "Code",
        "Verification code",
        "Authentication code",
        "One-time code",
        "One time code",
        "Security code",
        "Authenticator code",
        "Authenticator app code",
        "Two-factor code",
        "Two-factor authentication code",
        "2FA code",
        "MFA code",
        "6-digit code",
        "Six-digit code",
        "Enter code",
        "Enter your code",
        "Enter the code",
        "Enter verification code",
        "Enter the 6-digit code",
        "Enter 6-digit code",
        "Passcode",
        "One-time passcode",
        "One-time password",
        "OTP",
        "Token",
    ),
)
VERIFY = Word(  # usual
    "verify",
    (
        "Verify",
        "Verify code",
        "Confirm",
        "Confirm code",
        "Submit",
        "Submit code",
        "Continue",
        "Next",
        "Authenticate",
        "Log in",
        "Login",
        "Sign in",
        "Verify and continue",
        "Verify and sign in",
        "Done",
    ),
)
STAY_SIGNED_IN = Word(  # usual; answered with no
    "stay_signed_in",
    (
        "Stay signed in?",
        "Keep me signed in?",
        "Stay logged in?",
        "Remember this device?",
        "Remember this browser?",
        "Trust this device?",
        "Trust this browser?",
        "Save this device?",
        "Save this browser?",
        "Do you want to stay signed in?",
        "Do you trust this device?",
        "Do you trust this browser?",
    ),
)
STAY_SIGNED_OUT = Word(
    "stay_signed_out",
    (
        "No",
        "Not now",
        "No, thanks",
        "No thanks",
        "Don't trust",
        "Don't remember",
        "Skip",
        "Skip for now",
        "Maybe later",
    ),
)

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
EVERY_STATUS = Word(
    "every_status",
    ("All", "All statuses", "Any status", "Any", "Everyone", "All people", "All users", "Status: All", "All status"),
)
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
_THINGS = "people|users?|persons?|one|results?|members?|matches|records?|entries|rows|learners?|accounts?"
_SO = "(?:were )?found|match(?:es|ed|ing)?|to (?:show|display|list)|available"
_WHICH = "(?:matching |such |other |active |inactive |invited |pending |deactivated )?"
NOBODY_LIKE = (
    rf"^(?:sorry,? )?(?:there are |there is |we found )?no {_WHICH}(?:{_THINGS}) (?:{_SO})\b.*$"
    rf"|^(?:sorry,? )?(?:there are |we found )no {_WHICH}(?:{_THINGS})[.!]?$|^no matching (?:{_THINGS})[.!]?$"
    rf"|^(?:sorry,? )?we (?:could ?n.t|could not|can.t|did ?n.t) find any (?:matching )?(?:{_THINGS})\b.*$"
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

# ---- inviting ------------------------------------------------------------------------------------------------------
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
CHOICE_STATIC_LIKE = (
    r"^(?!.*\b(?:dynamic|rules?|automatic(?:ally)?|conditions?)\b)"
    r".*\b(?:static|by hand|manual(?:ly)?|one by one|admins? adds?|added by (?:an |the )?admins?)\b"
)
"""Usual: the one of several ways in which people may join a new group by which nobody does but by hand."""
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
ADD_VALUE = Word("add_value", ("Add", "Create", "Add group", "Create group", "Add manager", "+"))
SEND_INVITATION = Word(
    "send_invitation",
    (
        "Send invitation",
        "Add and invite",
        "Add and send invitation",
        "Create and invite",
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

# ---- importing -----------------------------------------------------------------------------------------------------
IMPORT = Word("import", ("Import Users", "Import", "Import people", "Import CSV", "Bulk import", "Import from CSV"))
TEMPLATE = Word(
    "template",
    (
        "Download template",
        "Download CSV template",
        "Download the template",
        "Download a template",
        "Template",
        "CSV template",
        "Download sample",
        "Download sample CSV",
        "Sample CSV",
        "Download sample file",
        "Download a sample file",
        "Download a sample",
        "Download example",
    ),
)
UPLOAD = Word(
    "upload",
    (
        "Upload",
        "Upload file",
        "Upload CSV",
        "Continue",
        "Next",
        "Review",
        "Upload and review",
        "Upload and check",
        "Upload and preview",
        "Upload and continue",
        "Upload and check rows",
        "Review rows",
        "Review the rows",
        "Check rows",
        "Check the rows",
        "Check file",
        "Check the file",
        "Validate",
        "Validate file",
        "Preview",
        "Continue to preview",
        "Continue to review",
    ),
)
CHOOSE_FILE = Word(
    "choose_file",
    (
        "Choose file",
        "Choose a file",
        "Choose CSV file",
        "Choose a CSV file",
        "Select file",
        "Select a file",
        "Select CSV file",
        "Browse",
        "Browse files",
        "Upload file",
        "Upload CSV",
        "Upload CSV file",
        "Upload a file",
        "Upload a CSV file",
        "Click to upload",
        "Click to browse",
        "Click or drag file to this area to upload",
        "Click or drag a file to this area to upload",
        "Drag a file here, or click to browse",
        "Drag and drop a file here, or click to browse",
        "Drag and drop your CSV file here, or click to browse",
        "Drop file here or click to upload",
        "Drag and drop a file or click to browse",
    ),
)
"""Usual. Only where no field for a file is in the page before one of these is clicked."""
SKIP_BAD_ROWS = Word(
    "skip_bad_rows",
    (
        "Skip rows with errors",
        "Skip bad rows",
        "Skip invalid rows",
        "Skip # rows with errors",
        "Ignore rows with errors",
        "Skip rows with errors and import the rest",
        "Skip # row with errors",
        "Skip errors",
        "Import valid rows only",
        "Skip rows with problems",
        "Skip # rows with problems",
        "Skip rows with issues",
        "Ignore invalid rows",
        "Only import valid rows",
        "Import only valid rows",
        "Skip them",
        "Skip them and import the others",
        "Skip them and import the rest",
        "Skip rows with errors and import the others",
        "Skip invalid rows and import the rest",
    ),
)
_ROWS = r"(rows?|lines?|records?|entries|people|users)"
SKIP_BAD_ROWS_LIKE = (
    rf"^(skip|leave out|exclude|omit)\b.*\b{_ROWS} (with|that have|containing)\b.*\b(errors?|problems?|issues?)\b"
    rf"|^(skip|leave out|exclude|omit)\b.*\b(invalid|bad|failed|failing|incorrect|faulty) {_ROWS}\b"
    rf"|^(import|only import|import only)\b.*\b(valid|good|correct) {_ROWS}\b"
)
"""Usual: a box or a choice is known by such a sentence where none says one of the words.

"Import rows with errors anyway", "Ignore errors" and "Skip error checking" say something else.
"""
_IMPORTED = ("people", "users", "rows", "learners", "members", "person", "user", "row", "learner", "member")
RUN_IMPORT = Word(
    "run_import",
    (
        "Import",
        *(f"Import # {whom}" for whom in _IMPORTED),
        "Import Users",
        "Import people",
        "Start import",
        "Run import",
        "Confirm import",
        "Finish import",
        "Import valid rows",
        "Import valid people",
        "Import valid users",
        *(f"Import # {how} {whom}" for how in ("valid", "ready", "new") for whom in _IMPORTED),
        *(f"Invite # {whom}" for whom in _IMPORTED),
        *(f"Invite # valid {whom}" for whom in _IMPORTED),
        *(f"Add # {whom}" for whom in _IMPORTED),
    ),
)
IMPORT_DONE = Word("import_done", ("Done", "Finish", "Back to People", "Back to Users", "View people", "OK"))

# ---- one person ----------------------------------------------------------------------------------------------------
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
    ),
)
RESEND = Word(
    "resend", ("Resend invitation", "Resend invite", "Resend", "Resend Invitation email", "Send invitation again")
)
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


def _of_one(verb: str) -> tuple[str, ...]:
    """A button that says of how many it is: of one alone, whoever is asked about is one."""
    return tuple(f"{verb} 1 {whom}" for whom in ("person", "user"))


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
    ),
)
AFFIRM_REACTIVATE = Word(
    "affirm_reactivate",
    (
        *REACTIVATE.aliases,
        *_of_one("Reactivate"),
        "Yes, reactivate",
        "Confirm",
        "Yes",
        "OK",
        "Confirm reactivation",
        "Continue",
    ),
)
AFFIRM_RESEND = Word("affirm_resend", (*RESEND.aliases, "Confirm", "Yes", "OK", "Send", "Yes, resend"))
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

# ---- seats on a screen of their own (usual) -------------------------------------------------------------------------
SEATS = Word(
    "seats",
    (
        *(
            "Plan & Seats",
            "Plan and Seats",
            "Seats",
            "Seat usage",
            "Seats & Billing",
            "Billing & Seats",
            "Seats & Plan",
        ),
        *("Seat management", "Licenses", "Licences", "License usage", "License management", "Licensing"),
        *("Seats & Licenses", "Licenses & Seats", "Seats and licenses", "Manage seats", "Manage licenses"),
    ),
)
PLAN = Word(
    "plan", ("Subscription", "Plan", "Plan & Billing", "Billing & Plan", "Plan and billing", "Billing and plan")
)
BILLING = Word("billing", ("Billing", "Subscription & Billing", "Billing & Subscription", "Billing & usage"))
WAYS_TO_SEATS = (SEATS, PLAN, BILLING, SETTINGS, ADMIN)
"""Where a console tells its seats that does not tell them beside the people. The nearest word first."""

# ---- groups (help center: Settings -> Groups; '+ Add Group', 'Edit Group', 'Add Users', tab Rules, 'Delete') --------
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
    ),
)
AFFIRM_DELETE_GROUP = Word(
    "affirm_delete_group",
    (*DELETE_GROUP.aliases, "Yes, delete", "Yes, delete group", "Confirm", "Yes", "OK", "Continue"),
)

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

EXPORT = Word("export", ("Export", "Export CSV", "Export users", "Export people", "Download CSV", "Export to CSV"))
EXPORT_EVERYBODY = Word(
    "export_everybody",
    (
        "All people (CSV)",
        "All users (CSV)",
        "All people",
        "All users",
        "Everyone",
        "Export all",
        "Export all people",
        "Export all users",
        "Export as CSV",
        "CSV",
        "CSV (all people)",
        "CSV (all users)",
    ),
)
"""Usual, in a menu of several exports."""

# ---- values --------------------------------------------------------------------------------------------------------
ROLE_NAMES: Mapping[str, Word] = {
    "learner": Word("role_learner", ("Learner", "Learner (default)")),
    "manager": Word("role_manager", ("Manager",)),
    "admin": Word("role_admin", ("Admin", "Administrator")),
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

# ---- account -------------------------------------------------------------------------------------------------------
ACCOUNT = Word(
    "account", ("Account", "Account menu", "My account", "Profile", "Open user menu", "User menu", "Your account")
)


def known() -> dict[str, Word]:
    """Every word of this module by its key: what a customer's labels can add spellings to."""
    found: dict[str, Word] = {}
    for value in list(globals().values()):
        entries = [value] if isinstance(value, Word) else list(value.values()) if isinstance(value, Mapping) else []
        found |= {word.key: word for word in entries if isinstance(word, Word)}
    return found


@cache
def all_said() -> frozenset[str]:
    """Every alias of every word, in small letters: what stands on a console's buttons and titles is nobody's name."""
    return frozenset(alias.casefold() for word in known().values() for alias in word.aliases)
