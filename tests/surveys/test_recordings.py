"""Every recording is a test: what the page objects read from it is what they read when it was made.

A recording is collected by lying in recordings/<edition>/<dialect>/. Planted changes show that a difference is seen.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from connector import Connector
from connector.errors import InputError
from connector.settings import load_settings
from fixtures.mock_console import MockConsole, MockOptions
from tests.conftest import BROWSER

ROOT = Path(__file__).parents[2] / "recordings"
RECORDINGS = sorted(path.parent for path in ROOT.rglob("recording.json"))
PLAIN = ROOT / "people" / "plain"
NAMES = [str(path.relative_to(ROOT)) for path in RECORDINGS]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connector]:
    """A connector without a console: no credentials, and an address where nobody answers."""
    settings = load_settings(
        url="https://nobody.invalid", browser=BROWSER, state_dir=tmp_path_factory.mktemp("state"), state_key="of tests"
    )
    with Connector(settings) as connector:
        yield connector


def test_there_is_a_recording_of_the_people_edition_in_every_dialect() -> None:
    assert {"people/plain", "people/aria", "people/div"} <= set(NAMES)


@pytest.mark.parametrize("folder", RECORDINGS, ids=NAMES)
def test_a_recording_is_read_as_when_it_was_made(reader: Connector, folder: Path) -> None:
    survey = reader.check_recording(folder)
    meta = json.loads((folder / "recording.json").read_text())
    assert survey.changed == ()
    assert survey.mismatches == []
    assert survey.exit_code == 0
    assert [look.stop.name for look in survey.looks] == meta["screens"]
    assert (survey.edition, survey.dialect) == (meta["edition"], meta["dialect"])
    assert folder.parts[-2] == meta["edition"]
    assert folder.parts[-1].startswith(meta["dialect"])


@pytest.mark.parametrize("folder", RECORDINGS, ids=NAMES)
def test_a_recording_says_what_it_is_of_and_is_read_as_the_page_itself_was(folder: Path) -> None:
    meta = json.loads((folder / "recording.json").read_text())
    assert meta["source"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", meta["recorded"])
    for screen in meta["screens"]:
        assert sorted(path.name for path in (folder / screen).iterdir()) == ["aria.yaml", "page.html", "reading.json"]
        assert json.loads((folder / screen / "reading.json").read_text())["otherwise than the page itself"] == []


@pytest.mark.parametrize("folder", RECORDINGS, ids=NAMES)
def test_a_recorded_page_runs_nothing_and_asks_for_nothing(folder: Path) -> None:
    for page in folder.rglob("page.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<(script|link|iframe|object|base)\b|<meta(?! charset)|\bsrc=|url\(|@import", text)
        assert not re.search(r'\son[a-z]+="[^"]', text)
        assert {found for found in re.findall(r'href="([^"]*)"', text) if not found.startswith("mailto:")} <= {"#"}


def test_no_recording_of_the_mock_holds_one_of_its_people() -> None:
    with MockConsole(MockOptions(people=60)) as mock:
        people = mock.books().people
    for path in ROOT.rglob("*"):
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        for person in people:
            assert person.email not in text, f"{path} holds {person.email}"
            assert f"{person.first_name} {person.last_name}" not in text, f"{path} holds {person.email}'s name"


# -- planted drift ---------------------------------------------------------------------------------------------------
PLANTED = {
    "the action has another name": (
        "actions-active",
        r">(\s*)Deactivate(\s*)<",
        r">\1Switch off\2<",
        "Deactivate state",
    ),
    "a column is gone": ("people", r"(<th[^>]*>(?:(?!</th>).)*)Role", r"\1Shoe size", "column role state"),
    "a label is tied to nothing and says something else": (
        "invite",
        "First name",
        "Forename of hers",
        "first name state",
    ),
    "the form lost its button": ("invite", "Send invitation", "Off it goes", "send button state"),
    "a person has another status": ("people", r">(\s*)Inactive(\s*)<", r">\1Active\2<", "status was"),
    "a button became a text": (
        "people",
        r"<(a|button)([^>]*)>((?:(?!</\1>).)*)Invite User(\s*)</\1>",
        r"<div\2>Invite User</div>",
        "invite button dialect",
    ),
}


@pytest.mark.parametrize(("screen", "pattern", "replacement", "told"), PLANTED.values(), ids=PLANTED)
def test_a_planted_change_is_told(
    reader: Connector, tmp_path: Path, screen: str, pattern: str, replacement: str, told: str
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(PLAIN, copy)
    page = copy / screen / "page.html"
    changed, times = re.subn(pattern, replacement, page.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert times
    page.write_text(changed, encoding="utf-8")
    survey = reader.check_recording(copy)
    assert survey.exit_code == 5
    assert any(line.startswith(f"{screen}: ") and told in line for line in survey.changed), survey.changed
    assert {line.partition(":")[0] for line in survey.changed} == {screen}


def test_a_labels_file_is_tried_on_a_recording(reader: Connector, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(PLAIN, copy)
    page = copy / "people" / "page.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Invite User", "Welcome a colleague"), encoding="utf-8")
    survey = reader.check_recording(copy)
    assert [each.element for each in survey.mismatches] == ["invite button"]
    assert "# invite = [" in survey.suggestions
    assert "Welcome a colleague" in survey.suggestions
    labels = tmp_path / "labels.toml"
    labels.write_text('invite = "Welcome a colleague"')
    settings = load_settings(browser=BROWSER, state_dir=tmp_path / "state", state_key="of tests", labels=labels)
    with Connector(settings) as connector:
        healed = connector.check_recording(copy)
    assert healed.mismatches == []


@pytest.mark.parametrize("broken", ["nothing there", "a page is missing", "a reading is damaged"])
def test_what_is_no_recording_is_told_as_bad_input(reader: Connector, tmp_path: Path, broken: str) -> None:
    copy = tmp_path / "copy"
    if broken == "nothing there":
        copy.mkdir()
    else:
        shutil.copytree(PLAIN, copy)
        if broken == "a page is missing":
            (copy / "people" / "page.html").unlink()
        else:
            (copy / "people" / "reading.json").write_text("{")
    with pytest.raises(InputError) as caught:
        reader.check_recording(copy)
    assert caught.value.exit_code == 2
    assert str(copy) in str(caught.value)
