"""Which columns an import wants, as its text says."""

from __future__ import annotations

import pytest

from connector.named_columns import columns_named

ALL = ("Email", "First Name", "Last Name", "Role", "Managers", "Groups")


@pytest.mark.parametrize(
    "text",
    [
        "Import Users Columns: Email, First Name, Last Name, Role, Managers, Groups. Separate managers by a semicolon.",
        "Upload a CSV file with the columns Email, First Name, Last Name and Role. Managers and Groups are optional.",
        "Required columns: Email, First Name, Last Name, Role. Optional: Managers, Groups (separated by ;).",
    ],
)
def test_columns_are_taken_as_the_text_spells_and_orders_them(text: str) -> None:
    assert columns_named(text) == ALL


def test_documented_columns_that_the_text_leaves_out_come_last() -> None:
    named = columns_named("Your file needs Email Address, First Name and Last Name. People who are here are skipped.")
    assert named == ("Email Address", "First Name", "Last Name", "Managers", "Groups")


def test_a_role_that_the_text_does_not_name_is_no_column() -> None:
    named = columns_named("Columns: email, first name, last name. The role is chosen later, one for all of them.")
    assert named == ("email", "first name", "last name", "Managers", "Groups")


@pytest.mark.parametrize(
    "text",
    [
        "Import Users. Choose a CSV file or drop it here. Cancel Import",
        "Email us. Your first name is on the card, which says more. Ask somebody else for yours. Thank you. Last name",
        "",
    ],
)
def test_a_text_that_names_no_columns_close_to_each_other_says_nothing(text: str) -> None:
    assert columns_named(text) is None


def test_what_a_console_says_it_ignores_is_no_column_of_its_import() -> None:
    said = "Columns may be: email, first name, last name, role, groups. Without a header: email, managers. "
    assert columns_named(said + "Managers are ignored.") == ("email", "first name", "last name", "role", "groups")
    assert "managers" in (columns_named(said + "Empty lines are ignored.") or ())


def test_what_is_called_so_as_a_whole_is_meant_rather_than_what_only_begins_so() -> None:
    text = (
        "← Team members Import CSV Columns, in this order: Email, First name, Last name, Managers, Groups, Role. "
        + ("Separate several managers or groups with “;”. Role is optional (Learner). CSV file Upload")
    )
    assert columns_named(text) == ("Email", "First name", "Last name", "Managers", "Groups", "Role")
