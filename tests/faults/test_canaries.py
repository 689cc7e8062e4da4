"""Canaries: secrets are planted, much is done and goes wrong while everything is kept, and none of them is anywhere.

The finder knows nothing of the connector's own redaction, and is shown to find what is planted for it.
"""

from __future__ import annotations

import base64
import io
import logging
import os
import re
import sqlite3
import subprocess
import sys
import threading
import traceback
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError

from connector import Connector, run_control
from connector.errors import RunDatabaseFailed
from connector.models import Deactivate, Edit, Invite, Operation, Outcome, Reactivate, Resend, Result
from connector.one_time_codes import OneTimeCodes
from connector.run_report import write_run_report
from connector.settings import EvidenceLevel
from fixtures.mock_console import MockConsole
from tests.conftest import StartConnector, StartConsole, settings_for
from tests.faults.conftest import Repaint
from tests.faults.processes import descendants
from tests.faults.test_evidence import told

PASSWORD = "Canary-4711/pass+word&more"
API_KEY = "canary-api-key-5f3a9c"
SCIM_TOKEN = "canary-scim-token-77aa01"
STATE_KEY = "canary passphrase of the state"
DATABASE_PASSWORD = "canary-db-pass.word-9"

ANN, JOANN, HELEN = "ann@northwind.example", "joann@northwind.example", "helen.brandt@northwind.example"
NEW = "nadja.new@northwind.example"


# -- the finder -----------------------------------------------------------------------------------------------------
def spellings(secret: str) -> set[bytes]:
    """The secret as it may stand in a file: as it is, for a URL, in JSON, in HTML, in base64 at each alignment."""
    texts = {
        secret,
        quote(secret, safe=""),
        quote_plus(secret),
        secret.replace("&", "&amp;"),
        secret.replace("/", "\\/"),
    }
    found = {text.encode(coding) for text in texts for coding in ("utf-8", "utf-16-le")}
    for ahead in range(3):
        encoded = base64.b64encode(b"\0" * ahead + secret.encode())
        # Without the letters that depend on what stands before and behind.
        found.add(encoded[(0, 2, 3)[ahead] : (ahead + len(secret.encode())) * 8 // 6])
    return found


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """A file as it lies there, and what lies in it where it is an archive."""
    data = path.read_bytes()
    yield str(path), data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield f"{path}!{name}", archive.read(name)


def places(secrets: Iterable[str], folders: Iterable[Path], texts: Iterable[str]) -> list[tuple[str, str]]:
    """Where which secret stands, in files below the folders and in texts."""
    wanted = {secret: looking_for(secret) for secret in secrets}
    held = [each for folder in folders for path in folder.rglob("*") if path.is_file() for each in contents(path)]
    held += [(f"text {number}", text.encode("utf-8", "replace")) for number, text in enumerate(texts)]
    return [(secret, place) for place, data in held for secret, is_in in wanted.items() if is_in(data)]


def looking_for(secret: str) -> Callable[[bytes], bool]:
    """Whether a secret is in some bytes; a one-time code counts where it stands by itself, not in a longer number."""
    if secret.isdigit():
        code = re.compile(rb"(?<![0-9A-Za-z.])" + secret.encode() + rb"(?![0-9A-Za-z])")
        return lambda data: code.search(data) is not None
    ways = spellings(secret)
    return lambda data: any(way in data or way.lower() in data for way in ways)


@contextmanager
def arguments_of_children() -> Iterator[list[str]]:
    """Collects the arguments of all processes that this one starts meanwhile, again and again until the end."""
    found: set[str] = set()
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            for pid in descendants(os.getpid()):
                try:
                    found.add(Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
                except OSError:
                    continue  # it ended meanwhile

    collected: list[str] = []
    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield collected
    finally:
        over.set()
        thread.join()
        collected.extend(sorted(found))


@pytest.mark.parametrize("secret", [PASSWORD, STATE_KEY, "c00kie_value-AbC"])
def test_the_finder_finds_what_is_planted(tmp_path: Path, secret: str) -> None:
    assert places([secret], [tmp_path], ["nothing"]) == []
    (tmp_path / "plain.log").write_text(f"it was {secret}!")
    (tmp_path / "url.txt").write_text(f"?p={quote(secret, safe='')}")
    (tmp_path / "basic.txt").write_bytes(base64.b64encode(f"user:{secret}".encode()))
    (tmp_path / "wide.txt").write_bytes(secret.encode("utf-16-le"))
    with zipfile.ZipFile(tmp_path / "trace.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("trace.trace", f'{{"value":"{secret}"}}' * 50)
    with sqlite3.connect(tmp_path / "runs.sqlite") as database:
        database.execute("create table kept (what text)")
        database.execute("insert into kept values (?)", (f"so: {secret}",))
    database.close()
    found = {Path(place).name for _, place in places([secret], [tmp_path], [])}
    assert found == {"plain.log", "url.txt", "basic.txt", "wide.txt", "runs.sqlite", "trace.zip!trace.trace"}
    assert places([secret], [], ["nothing", f"({secret})"]) == [(secret, "text 1")]


def test_the_finder_tells_a_code_from_a_longer_number() -> None:
    alone = ["code=482913&next=1", '{"value":"482913"}', "typed 482913"]
    within = ["06:00:12.482913Z", "17482913", "a482913f"]
    assert places(["482913"], [], [*within, *alone]) == [("482913", f"text {number}") for number in (3, 4, 5)]


def test_the_finder_sees_the_arguments_of_processes() -> None:
    with arguments_of_children() as arguments:
        started = subprocess.Popen([sys.executable, "-c", "input()", PASSWORD], stdin=subprocess.PIPE)
        with pytest.raises(subprocess.TimeoutExpired):
            started.wait(0.5)
        started.communicate(b"\n")
    assert [secret for secret, _ in places([PASSWORD], [], arguments)] == [PASSWORD]


# -- the run ----------------------------------------------------------------------------------------------------------
class Canaries:
    """Every secret there is, also those that only come about while the console is used."""

    def __init__(self, mock: MockConsole) -> None:
        self._mock = mock
        self.all = {PASSWORD, API_KEY, SCIM_TOKEN, STATE_KEY, DATABASE_PASSWORD, mock.totp_secret}

    def remember_sessions(self) -> None:
        """Cookies and form tokens as the console has them now."""
        for session in self._mock.console.sessions._by_id.values():
            self.all.update((session.id, session.csrf))


@pytest.mark.timeout(400)
def test_no_canary_is_anywhere(
    start_console: StartConsole,
    start_connector: StartConnector,
    tmp_path: Path,
    repaint: Repaint,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Runs at every level of evidence; a session that ends on the way; failures, unknown outcomes, wrong passwords."""
    caplog.set_level(logging.DEBUG)
    mock = start_console(admin_password=PASSWORD, sign_in="totp")
    canaries = Canaries(mock)
    texts: list[str] = []
    outcomes: list[Outcome] = []
    next_code = OneTimeCodes.next

    async def remembered(codes: OneTimeCodes, tell: Callable[[str], None]) -> SecretStr:
        code = await next_code(codes, tell)
        canaries.all.add(code.get_secret_value())
        return code

    monkeypatch.setattr(OneTimeCodes, "next", remembered)
    secrets = {"totp_secret": mock.totp_secret, "api_key": API_KEY, "scim_token": SCIM_TOKEN, "state_key": STATE_KEY}

    def connector(level: EvidenceLevel, **changes: Any) -> Connector:
        log = tmp_path / "machines.jsonl"
        given = {**secrets, "evidence": level, "timeout": 4, "lanes": 1, "log_file": log, **changes}
        return start_connector(mock, say=texts.append, **given)

    def heard(outcome: Outcome) -> None:
        canaries.remember_sessions()
        outcomes.append(outcome)
        if outcome.email == ANN and outcome.operation == "deactivate":
            mock.end_sessions()
        if outcome.operation == "edit":
            mock.set_faults("lying-toast")

    first: list[Operation] = [
        Invite(email=NEW, first_name="Nadja", last_name="New", groups=("Sales",)),
        Deactivate(email=ANN),
        Edit(email=JOANN, first_name="Jo"),
        Deactivate(email=JOANN),
        Deactivate(email="nobody@northwind.example"),
    ]
    with arguments_of_children() as arguments:
        with told(texts), connector(EvidenceLevel.ALL, password=PASSWORD[::-1], state_dir=tmp_path / "other") as wrong:
            canaries.all.add(PASSWORD[::-1])
            texts += [repr(wrong.settings), repr(wrong), str(wrong.settings)]
            wrong.people()
        with connector(EvidenceLevel.ALL) as everything:
            everything.run(first, run_id="everything", on_outcome=heard)
            mock.set_faults()
            everything.record(tmp_path / "recording")
            canaries.remember_sessions()
            repaint("</h1>", f"</h1><p>{PASSWORD.replace('&', '&amp;')}</p>")  # a console that repeats what it heard
            everything.run([Resend(email=NEW)], run_id="repeated", on_outcome=heard)
        with connector(EvidenceLevel.FAILURES) as failures:
            mock.set_faults("lying-toast")
            failures.run([Deactivate(email=JOANN)], run_id="failures", on_outcome=heard)
            mock.set_faults()
        with connector(EvidenceLevel.OFF) as nothing:
            nothing.run([Reactivate(email=HELEN)], run_id="nothing", on_outcome=heard)
    settings = settings_for(mock, tmp_path / "state", **secrets)
    for run in ("everything", "repeated", "failures", "nothing"):
        write_run_report(settings, run, tmp_path / "reports" / f"{run}.html")
        texts.append(run_control.view(settings, run).report().model_dump_json())
    texts.append(run_control.verify(settings).model_dump_json())
    address = f"postgresql://somebody:{quote(DATABASE_PASSWORD)}@127.0.0.1:1/runs"
    unreachable = settings_for(mock, tmp_path / "state", database_url=address)
    with pytest.raises((RunDatabaseFailed, OperationalError)) as failed:
        run_control.views(unreachable, limit=5)
    texts += [*traceback.format_exception(failed.value), repr(failed.value), repr(unreachable)]
    texts += [outcome.model_dump_json() for outcome in outcomes]
    texts += [caplog.text, *capfd.readouterr()]

    # Everything was there to be searched: what was meant to go wrong went wrong, and each kind of file was written.
    assert {outcome.result for outcome in outcomes} == {Result.DONE, Result.FAILED, Result.UNKNOWN}
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in kept} >= {
        *(".jpg", ".png", ".log", ".yaml", ".json", ".zip", ".jsonl", ".html", ".session", ".sqlite")
    }
    assert len([path for path in kept if path.name == "trace.zip"]) >= 4
    assert any(path.is_relative_to(tmp_path / "recording") for path in kept)
    steps = (tmp_path / "machines.jsonl").read_text()
    assert steps.count("the console ended the session; signing in again") == 1
    assert steps.count("sign in: password") >= 3
    assert any("chrom" in argument for argument in arguments)
    assert len(canaries.all) >= 12

    assert places(canaries.all, [tmp_path], [*texts, *arguments]) == []
