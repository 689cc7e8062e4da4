"""Seats on a screen of their own (usual)."""

from __future__ import annotations

from page_objects.words.people_list import ADMIN, SETTINGS
from page_objects.words.word import Word

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
        *(f"Billing {joined} {what}" for joined in ("&", "and") for what in ("licenses", "licences")),
        *(f"{what} {joined} billing" for joined in ("&", "and") for what in ("Licenses", "Licences")),
        *("Billing and seats", "Seats and billing"),
    ),
)
PLAN = Word(
    "plan", ("Subscription", "Plan", "Plan & Billing", "Billing & Plan", "Plan and billing", "Billing and plan")
)
BILLING = Word("billing", ("Billing", "Subscription & Billing", "Billing & Subscription", "Billing & usage"))
WAYS_TO_SEATS = (SEATS, PLAN, BILLING, SETTINGS, ADMIN)
"""Where a console tells its seats that does not tell them beside the people. The nearest word first."""
