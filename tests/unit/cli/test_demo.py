"""The demo with connectors that lie or fail; with the real one it runs among the flows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from connector.errors import ConsoleDrift

from .conftest import Run
from .face import Face


def test_a_connector_that_only_claims_to_work_is_found_out(run: Run, face: Face, tmp_path: Path) -> None:
    result = run("demo", "--people", "60", "--report", "here")
    assert result.exit_code == 1
    assert "Not everything ended as intended" in result.stdout
    assert "amina.sow@northwind.example was said to be invited and never appeared in the books" in result.stdout
    assert "helen.brandt@northwind.example was said to be changed and never changed in the books" in result.stdout
    assert "deactivate connector@northwind.example: refused was to be expected, not done" in result.stdout
    assert "grace.okafor@northwind.example was not read" in result.stdout
    assert "here/report.html" in result.stdout
    assert "was said to be invited" not in result.stderr
    assert "amina.sow<wbr>@northwind.example" in (tmp_path / "here" / "report.html").read_text()


def test_the_demo_is_deaf_to_settings_for_a_real_console(
    run: Run, face: Face, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        "WORKRAMP_URL=https://acme.app.workramp.com\nWORKRAMP_TOTP_SECRET=JBSWY3DPEHPK3PXP\n"
    )
    monkeypatch.setenv("WORKRAMP_PROTECTED", "ann@northwind.example")
    monkeypatch.setenv("WORKRAMP_EMAIL", "somebody@acme.example")
    run("demo", "--people", "60")
    assert face.settings.url.startswith("http://127.0.0.1:")
    assert face.settings.email == "connector@northwind.example"
    assert face.settings.protected == ()
    assert face.settings.totp_secret is None
    assert face.settings.evidence == "all"


def test_what_stops_the_demo_has_its_exit_code_and_leaves_its_evidence(run: Run, face: Face) -> None:
    face.error = ConsoleDrift("the People screen has no table")
    result = run("demo", "--people", "60")
    assert result.exit_code == 5
    assert "has no table" in result.stderr
    assert face.settings.state_dir.is_dir()
    shutil.rmtree(face.settings.state_dir)


def test_the_demo_leaves_nothing_but_the_report(run: Run, face: Face, tmp_path: Path) -> None:
    run("demo", "--people", "60")
    assert not face.settings.state_dir.exists()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["report.html"]
