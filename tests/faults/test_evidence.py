"""What is kept of a failure: enough to understand it, for nobody else to read, and without a secret in it."""

from __future__ import annotations

import logging
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from connector import Connector
from connector.errors import ConnectorError, ConsoleDrift, SignInFailed
from connector.models import Edit, Invite, Outcome, Result
from connector.settings import EvidenceLevel
from fixtures.mock_console import MockConsole
from tests.conftest import StartConnector, StartConsole
from tests.faults.conftest import Repaint

NEW = "nadja.new@northwind.example"
ANN = "ann@northwind.example"
JOANN = "joann@northwind.example"
HELEN = "helen.brandt@northwind.example"
CANARY = "Canary-4711/pass+word&more"


def kinds(paths: tuple[str, ...]) -> list[str]:
    """The kinds of evidence: what follows the first dot of each name."""
    return sorted(Path(path).name.partition(".")[2] for path in paths)


def test_drift_leaves_a_picture_the_page_s_outline_and_the_steps(
    hasty: Connector, mock: MockConsole, repaint: Repaint
) -> None:
    repaint("Invite User", "Welcome somebody")
    with pytest.raises(ConsoleDrift) as caught:
        hasty.invite(NEW, "Nadja", "New")
    evidence = caught.value.evidence
    assert kinds(tuple(map(str, evidence))) == ["aria.yaml", "log", "png"]
    assert all(str(path) in str(caught.value) for path in evidence)
    by_kind = {path.suffix: path for path in evidence}
    assert by_kind[".png"].read_bytes().startswith(b"\x89PNG")
    assert "Welcome somebody" in by_kind[".yaml"].read_text()
    log = by_kind[".log"].read_text()
    assert "open http" in log
    assert "invite button is missing" in log
    for path in evidence:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_effect_that_cannot_be_read_back_leaves_evidence_too(hasty: Connector, mock: MockConsole) -> None:
    mock.set_faults("lying-toast")
    outcome = hasty.deactivate(ANN)
    assert outcome.result is Result.UNKNOWN
    assert kinds(outcome.evidence) == ["aria.yaml", "log", "png"]
    assert {stat.S_IMODE(Path(path).stat().st_mode) for path in outcome.evidence} == {0o600}


def test_where_nothing_goes_wrong_nothing_is_kept(connector: Connector, mock: MockConsole, state_dir: Path) -> None:
    before = list(state_dir.rglob("evidence/*"))
    assert connector.deactivate(ANN).evidence == ()
    assert connector.deactivate(mock.admin_email).evidence == ()
    assert list(state_dir.rglob("evidence/*")) == before


def test_evidence_of_everything_shows_each_change_before_and_after(
    mock: MockConsole, start_connector: StartConnector, state_dir: Path
) -> None:
    connector = start_connector(mock, state_dir=state_dir, evidence=EvidenceLevel.ALL)
    outcome = connector.deactivate(ANN)
    assert outcome.result is Result.DONE
    assert set(kinds(outcome.evidence)) == {"png"}
    assert "question" in outcome.evidence[0]
    assert "after" in outcome.evidence[-1]
    assert {stat.S_IMODE(Path(path).stat().st_mode) for path in outcome.evidence} == {0o600}


def test_no_evidence_is_kept_where_none_is_wanted(
    mock: MockConsole, start_connector: StartConnector, tmp_path: Path, repaint: Repaint
) -> None:
    connector = start_connector(mock, evidence=EvidenceLevel.OFF, timeout=2)
    assert connector.person(ANN).email == ANN
    repaint("Invite User", "Welcome somebody")
    with pytest.raises(ConsoleDrift) as caught:
        connector.invite(NEW, "Nadja", "New")
    assert caught.value.evidence == ()
    assert not (tmp_path / "state" / "evidence").exists()


@contextmanager
def told(texts: list[str]) -> Iterator[None]:
    """Whatever an error says, and every error behind it."""
    try:
        yield
    except ConnectorError as error:
        chain: BaseException | None = error
        while chain is not None:
            texts += [str(chain), repr(chain), repr(vars(chain))]
            chain = chain.__cause__ or chain.__context__


@pytest.mark.timeout(300)
def test_no_secret_is_in_any_output(
    start_console: StartConsole,
    start_connector: StartConnector,
    tmp_path: Path,
    repaint: Repaint,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Password, cookie, form token and passphrase, while everything is kept and much goes wrong."""
    caplog.set_level(logging.DEBUG)
    mock = start_console(admin_password=CANARY)
    passphrase = "canary-passphrase-of-the-state"
    texts: list[str] = []
    outcomes: list[Outcome] = []
    secrets = {CANARY, passphrase}

    def remember_cookies() -> None:
        secrets.update(secret for each in mock.console.sessions._by_id.values() for secret in (each.id, each.csrf))

    connector = start_connector(mock, evidence=EvidenceLevel.ALL, timeout=2, state_key=passphrase, say=texts.append)
    steps: list[Callable[[], Outcome]] = [
        lambda: connector.invite(NEW, "Nadja", "New", groups=["Sales"]),
        lambda: connector.deactivate(ANN),
        lambda: connector.edit(Edit(email=JOANN, first_name="Jo")),
        lambda: connector.import_people([Invite(email=ANN, first_name="Ann", last_name="Other")]).outcomes[0],
    ]
    for step in steps:
        outcomes.append(step())
        remember_cookies()
    mock.set_faults("commit-then-503")
    outcomes.append(connector.resend(NEW))
    mock.set_faults("lying-toast")
    outcomes.append(connector.deactivate(JOANN))
    mock.set_faults()
    mock.end_sessions()
    repaint(">Log in<", ">Come in<")
    with told(texts):
        connector.reactivate(HELEN)
    with told(texts), start_connector(mock, password=CANARY[::-1], timeout=2, state_dir=tmp_path / "other") as wrong:
        secrets.add(CANARY[::-1])
        texts += [repr(wrong.settings), repr(wrong), str(wrong.settings)]
        wrong.people()
    remember_cookies()
    connector.close()
    texts += [outcome.model_dump_json() for outcome in outcomes]
    texts += [repr(connector.settings), repr(connector), caplog.text, *capfd.readouterr()]

    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in kept} >= {".png", ".yaml", ".log", ".session"}
    assert len(secrets) >= 6

    def places(wanted: str) -> list[object]:
        files = [path for path in kept if wanted.encode() in path.read_bytes()]
        return [*files, *(text for text in texts if wanted in text)]

    assert len(places("sign-in page")) >= 4  # what is looked for is found
    for secret in secrets:
        assert places(secret) == []


def test_a_password_that_is_on_the_page_is_covered_and_scrubbed(
    start_console: StartConsole, start_connector: StartConnector, repaint: Repaint
) -> None:
    """A console that prints what was typed: the error, the outline and the log do without it."""
    mock = start_console(admin_password=CANARY)
    repaint("Incorrect email or password.", f"“{CANARY.replace('&', '&amp;')}” is not it; you typed it wrong.")
    connector = start_connector(mock, password=CANARY, timeout=2)
    mock.console.password = "another one"
    with pytest.raises(SignInFailed) as failed:
        connector.people()
    assert len(failed.value.evidence) == 3
    for path in failed.value.evidence:
        assert CANARY.encode() not in path.read_bytes()
    assert "is not it" in failed.value.evidence[1].read_text()
    assert CANARY not in str(failed.value)
    assert CANARY not in repr(failed.value)
