"""`record` keeps the screens and nobody's data: what would still hold some is not written at all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from connector import Connector
from connector.errors import RecordingRefused
from connector.scrubbing import Scrubber
from fixtures.mock_console import MockConsole
from page_objects.controls import engine
from tests.conftest import StartConnector, lane_of


def everything(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file())


def test_no_address_name_group_or_token_of_the_console_is_in_its_recording(
    connector: Connector, mock: MockConsole, tmp_path: Path
) -> None:
    books = mock.books()
    recorded = connector.record(tmp_path / "ours")
    assert recorded.otherwise == ()
    assert set(recorded.screens) >= {"sign-in", "people", "invite", "import", "person", "edit", "actions-active"}
    text = everything(recorded.folder)
    for person in books.people:
        assert person.email.casefold() not in text.casefold()
        assert f"{person.first_name} {person.last_name}" not in text
    assert "northwind" not in text.casefold()
    for group in books.groups:
        assert f">{group}<" not in text
    assert mock.admin_password not in text
    console: Any = connector._console
    cookies = connector._portal.call(console.current_lane.page.context.cookies)  # type: ignore[union-attr]
    assert [cookie["name"] for cookie in cookies if cookie["value"] in text] == []
    assert "csrf" not in text.casefold()


def test_a_person_is_the_same_on_every_screen_and_in_every_recording_of_the_same_salt_alone(
    connector: Connector, tmp_path: Path
) -> None:
    folders = [
        connector.record(tmp_path / name, salt=salt).folder
        for name, salt in (("one", b"salt"), ("two", b"salt"), ("three", None))
    ]
    reading = (folders[0] / "person" / "reading.json").read_text(encoding="utf-8")
    (address,) = set(re.findall(r'"email": "([^"]+@[^"]+)"', reading))
    pages = [(folder / "people" / "page.html").read_text(encoding="utf-8") for folder in folders]
    assert address in pages[0]
    assert address in (folders[0] / "edit" / "page.html").read_text(encoding="utf-8")
    texts = [re.sub(r"<[^>]*>|\d", "", page.partition("<body")[2]) for page in pages]
    assert texts[0] == texts[1] != texts[2]


LEFT_IN = {
    "an address": ("address", lambda scrubber, address: address),
    "a name": ("_without_names", lambda scrubber, text, kind: text),
}


@pytest.mark.parametrize(("method", "leaves"), LEFT_IN.values(), ids=LEFT_IN)
def test_what_the_scrubber_leaves_in_is_not_written(
    connector: Connector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, leaves: Any
) -> None:
    monkeypatch.setattr(Scrubber, method, leaves)
    with pytest.raises(RecordingRefused) as caught:
        connector.record(tmp_path / "ours")
    assert caught.value.exit_code == 1
    assert "northwind" not in caught.value.message
    assert not (tmp_path / "ours").exists()


def test_a_token_in_a_place_that_is_kept_is_not_written(
    start_connector: StartConnector, mock: MockConsole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that repeats its session's cookie in a class, which is no text and is kept as it is."""
    connector = start_connector(mock)
    connector.person(mock.admin_email)
    lane = lane_of(connector)
    cookies = connector._portal.call(lane.page.context.cookies)  # type: ignore[union-attr]
    token = re.sub(r"[^A-Za-z0-9_-].*", "", max((cookie["value"] for cookie in cookies), key=len))[:40]
    evaluate = engine.evaluate

    async def planted(scope: Any, function: str, argument: Any = None, **more: Any) -> Any:
        found = await evaluate(scope, function, argument, **more)
        if function == "capture":
            found["body"]["attributes"]["class"] = "x"
            found["body"]["attributes"]["role"] = "main"
            found["secrets"].append("only-here-0123456789abcdef")
            found["body"]["style"]["display"] = "block/*only-here-0123456789abcdef*/"
        return found

    assert token
    monkeypatch.setattr("page_objects.controls.engine.evaluate", planted)
    with pytest.raises(RecordingRefused, match="secret"):
        connector.record(tmp_path / "ours")
    assert not (tmp_path / "ours").exists()
