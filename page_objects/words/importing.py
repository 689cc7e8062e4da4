"""Importing a file of people."""

from __future__ import annotations

from page_objects.words.word import Word

IMPORT = Word("import", ("Import Users", "Import", "Import people", "Import CSV", "Bulk import", "Import from CSV"))
IMPORT_BY_UPLOAD = Word(
    "import_by_upload",
    (
        *("Import users from CSV", "Import from file", "Import a CSV", "CSV import", "Upload CSV", "Upload a CSV"),
        *("CSV upload", "Bulk upload", "Upload Users", "Upload people", "Upload users by CSV", "Add users by CSV"),
    ),
)
"""Usual: what the import is called where nothing is called an import."""
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
_IMPORTED = (
    *("people", "users", "rows", "learners", "members", "team members"),
    *("person", "user", "row", "learner", "member", "team member"),
)
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
