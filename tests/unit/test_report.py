from __future__ import annotations

import base64
import os
import re
import stat
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from connector.browser import find_browser, launch_options
from connector.models import Guard, Outcome, Result, SeatPool, Seats
from connector.report import Section, write_report

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """pytest-playwright looks for its own download; this is the browser that the connector would find."""
    return {**launch_options(find_browser(os.environ.get("WORKRAMP_BROWSER")))}


def outcome(email: str, result: Result = Result.DONE, message: str = "read back", **more: object) -> Outcome:
    return Outcome.model_validate({"operation": "invite", "email": email, "result": result, "message": message, **more})


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "evidence" / "03-invitation_sent.png"
    path.parent.mkdir()
    path.write_bytes(PNG)
    return path


def test_the_report_shows_every_outcome_with_its_result_and_guard(tmp_path: Path) -> None:
    refused = outcome("bob@northwind.example", Result.REFUSED, "managed elsewhere", guard=Guard.SCIM_MANAGED)
    sections = [Section("Leavers", "Two people.", [outcome("ann@northwind.example"), refused], [("Rows", "2")])]
    page = write_report(tmp_path / "new" / "folder", "Friday", sections, at=AT, notes=["A remark."]).read_text()
    page = page.replace("<wbr>", "")  # where an address may be broken on a narrow screen
    for text in ("<title>Friday</title>", "ann@northwind.example", "managed elsewhere", "A remark.", "Two people."):
        assert text in page
    assert "<code>scim-managed</code>" in page
    assert '<li class="badge refused">1 refused</li>' in page
    assert "2026-03-01 09:30 UTC" in page


def test_a_dry_run_is_never_called_done(tmp_path: Path) -> None:
    sections = [Section("Plan", outcomes=[outcome("ann@northwind.example", message="would invite")], dry_run=True)]
    page = write_report(tmp_path, "Plan", sections).read_text()
    assert '<span class="badge would">would</span>' in page
    assert not re.search(r'class="badge done"', page)


def test_seats_are_shown_before_and_after(tmp_path: Path) -> None:
    before = Seats(pools=(SeatPool(name="licensed", used=52, total=100), SeatPool(name="external", used=3)))
    after = Seats(pools=(SeatPool(name="licensed", used=54, total=100),))
    page = write_report(tmp_path, "Seats", [], before=before, after=after).read_text()
    assert "52 → 54" in page
    assert "46 free, 48 at the start" in page
    assert "external" in page


def test_pictures_are_inside_the_file_once_and_logs_can_be_unfolded(tmp_path: Path, picture: Path) -> None:
    log = tmp_path / "steps.log"
    log.write_text("opened <the> page")
    evidence = (str(picture), str(log), str(tmp_path / "gone.png"))
    both = [outcome("ann@northwind.example", evidence=evidence), outcome("bob@northwind.example", evidence=evidence)]
    page = write_report(tmp_path / "report", "Pictures", [Section("One", outcomes=both)]).read_text()
    assert page.count("data:image/png;base64," + base64.b64encode(PNG).decode()) == 1
    assert page.count('href="#figure-1"') == 2
    page = page.replace("<wbr>", "")
    assert re.findall(r"Fig\. 1: [^<]*", page) == ["Fig. 1: invitation sent"]
    assert "Fig. 2: steps (step log)" in page
    assert "opened &lt;the&gt; page" in page
    assert "figure-3" not in page
    assert [path.name for path in (tmp_path / "report").iterdir()] == ["report.html"]


def test_pictures_beyond_the_limit_lie_beside_the_file(tmp_path: Path, picture: Path) -> None:
    page = write_report(tmp_path / "r", "Many", [Section("One", pictures=[picture])], embed_at_most=10).read_text()
    assert 'src="pictures/001.png"' in page
    assert (tmp_path / "r" / "pictures" / "001.png").read_bytes() == PNG


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\u202e\x1b[2J'
    sections = [Section(hostile, hostile, [outcome(hostile, message=hostile)], [(hostile, hostile)])]
    seats = Seats(pools=(SeatPool(name=hostile, used=1, total=2),))
    page = write_report(tmp_path, hostile, sections, intro=hostile, before=seats, notes=[hostile]).read_text()

    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: set[str] = set()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.found.add(tag)
            assert not [name for name, _ in attrs if name.startswith("on")]

    tags = Tags()
    tags.feed(page)
    assert not tags.found & {"script", "img", "iframe"}
    assert "default-src 'none'" in page
    assert not [character for character in "\u202e\x1b" if character in page]


def test_the_page_fetches_nothing_from_anywhere(tmp_path: Path, picture: Path) -> None:
    page = write_report(tmp_path / "r", "Alone", [Section("One", pictures=[picture])]).read_text()
    assert not re.findall(r"https?://", page)
    assert "<script" not in page


def test_only_the_owner_can_read_a_new_report(tmp_path: Path) -> None:
    assert stat.S_IMODE(write_report(tmp_path, "Mine", []).stat().st_mode) == 0o600


@pytest.mark.parametrize("width", [400, 1600])
def test_nothing_is_cut_off_on_a_narrow_or_a_wide_screen(
    browser: Browser, tmp_path: Path, picture: Path, width: int
) -> None:
    long = "an.address.that.goes.on.and.on.and.on.for.as.long.as.it.may@a-department.of.northwind.example"
    rows = [outcome(long, message="x" * 200, guard=Guard.SCIM_MANAGED, seconds=12.3, evidence=(str(picture),))]
    path = write_report(tmp_path / "r", "Wide " * 30, [Section("One", outcomes=rows, facts=[("F" * 40, long * 3)])])
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    image = page.locator("img")
    small = image.bounding_box()
    page.locator("summary").click()
    overlay = page.locator("details[open] summary").bounding_box()
    assert small is not None
    assert overlay is not None
    assert overlay["width"] == width
    assert page.evaluate("document.images[0].naturalWidth") == 1
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 0
    page.close()
