"""Exporting the list of people."""

from __future__ import annotations

from page_objects.words.word import Word

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
