from __future__ import annotations

import json
import sys

import pytest

from connector import Connector
from connector.errors import SettingsError, SignInFailed
from connector.settings import load_settings

from .conftest import Run
from .face import Face


def test_a_window_is_opened_and_what_was_saved_is_said(run: Run, face: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKRAMP_EMAIL", "connector@northwind.example")
    result = run("sign-in", "--wait", "30")
    assert (result.exit_code, result.stdout) == (0, "")
    assert face.headed
    assert face.asked == {"seconds": 30}
    assert "connector@northwind.example" in result.stderr


def test_as_json_the_result_alone_is_on_stdout(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKRAMP_EMAIL", "connector@northwind.example")
    monkeypatch.setenv("WORKRAMP_URL", "https://example.app.workramp.com/admin")
    told = json.loads(run("sign-in", "--json").stdout)
    assert told == {"email": "connector@northwind.example", "url": "https://example.app.workramp.com", "saved": True}


def test_without_an_address_it_is_not_known_whose_session_is_to_be_saved() -> None:
    with pytest.raises(SettingsError, match="WORKRAMP_EMAIL"):
        Connector(load_settings(), headed=True).sign_in()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a display of another kind")
def test_without_a_display_it_says_what_to_do_before_a_browser_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    connector = Connector(load_settings(email="connector@northwind.example"), headed=True)
    with pytest.raises(SignInFailed, match="no display") as failed:
        connector.sign_in()
    assert failed.value.exit_code == 4
    for way in ("ssh -X", "WORKRAMP_STATE_KEY", "copy the folder `sessions`"):
        assert way in failed.value.advice
    assert connector._console is None
