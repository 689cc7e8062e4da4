"""A labels file adds spellings; one that could make the connector act on the wrong element is refused whole."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.errors import SettingsError
from connector.labels import APART, FORBIDDEN, folded, load_labels, parse_labels
from page_objects import words

PAGE = Path(__file__).parents[2] / "docs" / "labels.md"


def test_added_spellings_come_after_the_known_ones() -> None:
    vocabulary = parse_labels('deactivate = "Switch off"\ncolumn_role = ["Access", "Permission"]', "labels.toml")
    assert vocabulary.of(words.DEACTIVATE) == [*words.DEACTIVATE.aliases, "Switch off"]
    assert vocabulary.of(words.COLUMN_ROLE) == [*words.COLUMN_ROLE.aliases, "Access", "Permission"]
    assert vocabulary.of(words.REACTIVATE) == list(words.REACTIVATE.aliases)


def test_the_button_of_the_question_is_known_by_the_action_s_new_spelling_too() -> None:
    vocabulary = parse_labels('deactivate = "Switch off"', "labels.toml")
    assert "Switch off" in vocabulary.of(words.AFFIRM_DEACTIVATE)
    assert "Switch off" not in vocabulary.of(words.AFFIRM_REACTIVATE)


REFUSED = {
    "a key that does not exist": ('deactivte = "X"', ["'deactivte'", "did you mean 'deactivate'"]),
    "a number": ("deactivate = 3", ["deactivate is a number"]),
    "a table": ("[deactivate]\nword = 'X'", ["deactivate is a table"]),
    "a list with a number": ('deactivate = ["X", 3]', ["deactivate is a list"]),
    "an empty list": ("deactivate = []", ["deactivate is a list that is empty"]),
    "an empty text": ('deactivate = " "', ["a spelling is empty"]),
    "a text longer than any label": (f'deactivate = "{"x" * 81}"', ["81 characters"]),
    "what a screen does not show": (r'deactivate = "Switch\u202eoff"', ["no screen shows"]),
    "deletion in place of deactivation": ('deactivate = "Permanently Delete"', ["is refused", "permanent"]),
    "deletion in other letters": ('save = "DELETE forever"', ["is refused", "delete"]),
    "the opposite action": ('deactivate = "Reactivate"', ["ambiguous", "reactivate"]),
    "the opposite action with ornaments": ('deactivate = "Reactivate (3)"', ["ambiguous", "reactivate"]),
    "a way to say no as a way to say yes": ('affirm_deactivate = "Cancel"', ["ambiguous", "refrain"]),
    "a way to say no as the action": ('deactivate = "Keep active"', ["ambiguous", "refrain"]),
    "another column's title": ('column_role = "status"', ["ambiguous", "column_status"]),
    "two additions that are the same": (
        'column_role = "Kind"\ncolumn_status = "kind"',
        ["column_role", "column_status"],
    ),
    "no TOML": ("deactivate = ", ["is not TOML"]),
}


@pytest.mark.parametrize(("text", "told"), REFUSED.values(), ids=REFUSED)
def test_a_file_is_refused_with_the_reason(text: str, told: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_labels(text, "labels.toml")
    assert caught.value.exit_code == 2
    assert "labels.toml" in str(caught.value)
    for part in told:
        assert part in str(caught.value)


def test_every_problem_of_a_file_is_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        parse_labels('deactivte = "X"\nsave = 3\nedit = "Delete"', "labels.toml")
    assert all(part in str(caught.value) for part in ("deactivte", "save is a number", "'Delete' is refused"))


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_labels(tmp_path / "missing.toml")
    (tmp_path / "latin.toml").write_bytes(b'save = "Ge\xe4ndert"')
    with pytest.raises(SettingsError, match="not UTF-8"):
        load_labels(tmp_path / "latin.toml")


def test_the_known_words_that_must_be_told_apart_share_no_spelling() -> None:
    known = words.known()
    for what, keys in APART.items():
        meant: dict[str, str] = {}
        for key in keys:
            for spelling in known[key].aliases:
                assert meant.setdefault(folded(spelling), key) == key, f"{what}: {spelling!r}"


@given(key=st.sampled_from(sorted(words.known())), spelling=st.text(min_size=1, max_size=30))
def test_any_text_is_taken_as_it_is_or_refused_with_a_reason(key: str, spelling: str) -> None:
    text = f'{key} = "' + "".join(f"\\U{ord(c):08x}" for c in spelling if not 0xD800 <= ord(c) < 0xE000) + '"'
    try:
        vocabulary = parse_labels(text, "labels.toml")
    except SettingsError as error:
        told = str(error)
        assert key in told
        return
    (added,) = vocabulary.extra[key]
    assert added == " ".join(spelling.split())
    assert not any(word in added.casefold() for word in FORBIDDEN)


def test_the_page_about_labels_lists_every_key_with_what_it_is_known_by() -> None:
    page = PAGE.read_text(encoding="utf-8")
    listed = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    assert set(listed) == set(words.known())
    for key, word in words.known().items():
        assert word.aliases[0].replace("|", "\\|") in listed[key]


def test_the_example_on_the_page_is_a_labels_file() -> None:
    page = PAGE.read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    assert tomllib.loads(example)
    assert parse_labels(example, "the example").extra
