"""Every fault shows, counts itself in the books, and shows nothing when it is off."""

from __future__ import annotations

import re
import time

import pytest

from fixtures.mock_console import MockConsole, MockOptions, OptionError
from fixtures.mock_console.visitor import Fields, Visitor, addresses_listed

NEW: Fields = {"email": "new.hire@northwind.example", "first_name": "New", "last_name": "Hire", "role": "learner"}
ANN = "/admin/users/10008"


def test_a_lying_toast_says_done_and_changes_nothing(admin: Visitor) -> None:
    admin.mock.set_faults("lying-toast")
    before = admin.mock.books()
    assert before.person("ann@northwind.example").id == 10008
    invited, deactivated = admin.send("/admin/users/invite", NEW), admin.send(f"{ANN}/deactivate")
    assert "Invitation sent to" in invited.json()["toast"]
    assert "was deactivated" in deactivated.json()["toast"]
    assert admin.send("/admin/users/invite", {**NEW, "email": "x"}).status_code == 422
    books = admin.mock.books()
    assert books.people == before.people
    assert books.events == before.events
    assert books.faults_fired == {"lying-toast": 2}
    admin.mock.set_faults()
    assert admin.send(f"{ANN}/deactivate").status_code == 200
    assert admin.mock.books().person("ann@northwind.example").status == "deactivated"


def test_without_toast_the_change_is_made_in_silence(admin: Visitor) -> None:
    admin.mock.set_faults("no-toast")
    assert admin.send(f"{ANN}/deactivate").json()["toast"] == ""
    books = admin.mock.books()
    assert books.person("ann@northwind.example").status == "deactivated"
    assert books.faults_fired == {"no-toast": 1}


def test_the_session_ends_at_every_third_request(admin: Visitor) -> None:
    admin.mock.set_faults("session-ends-every=3")
    assert [admin.http.get("/admin").status_code for _ in range(3)] == [200, 200, 303]
    admin.sign_in()  # lands on /admin: the first request of the new session
    assert [admin.http.get("/admin").status_code, admin.send(f"{ANN}/deactivate").status_code] == [200, 401]
    books = admin.mock.books()
    assert books.person("ann@northwind.example").status == "active"
    assert books.faults_fired == {"session-ends-every": 2}


def test_a_share_of_the_changes_is_answered_503_and_not_made(admin: Visitor) -> None:
    admin.mock.set_faults("error-503=0.5")
    answers = [
        admin.send("/admin/users/invite", {**NEW, "email": f"p{number}@northwind.example"}).status_code
        for number in range(16)
    ]
    assert set(answers) == {200, 503}
    books = admin.mock.books()
    assert len(books.events_of("invited")) == answers.count(200)
    assert books.faults_fired == {"error-503": answers.count(503)}
    assert admin.http.get("/admin/users").status_code == 200, "reading is not hit"


def test_a_change_is_made_and_still_answered_503(admin: Visitor) -> None:
    admin.mock.set_faults("commit-then-503")
    answer = admin.send(f"{ANN}/deactivate")
    assert (answer.status_code, "try again" in answer.json()["message"]) == (503, True)
    books = admin.mock.books()
    assert books.person("ann@northwind.example").status == "deactivated"
    assert books.faults_fired == {"commit-then-503": 1}


def test_the_list_and_the_person_page_lag_behind_and_catch_up(admin: Visitor) -> None:
    admin.mock.set_faults("list-lag=1.5")
    admin.send("/admin/users/invite", NEW)
    admin.send(f"{ANN}/deactivate")
    new = admin.mock.books().person("new.hire@northwind.example")
    search = "/admin/users?search=new.hire@"
    assert addresses_listed(admin.get(search)) == []
    assert admin.get(f"/admin/users/{new.id}").status_code == 404
    assert "Reactivate" not in admin.get(ANN).text
    assert admin.send("/admin/users/invite", NEW).status_code == 409, "the directory itself does not lag"
    deadline = time.monotonic() + 10
    # The later of the two changes is shown later.
    while not (addresses_listed(admin.get(search)) and "Reactivate" in admin.get(ANN).text):
        assert time.monotonic() < deadline, "the list never catches up"
    assert addresses_listed(admin.get(search)) == ["new.hire@northwind.example"]
    assert admin.get(f"/admin/users/{new.id}").status_code == 200
    assert admin.mock.books().faults_fired["list-lag"] >= 1


def test_too_many_requests_are_told_when_to_come_back(admin: Visitor) -> None:
    admin.mock.set_faults("rate-limit=3")
    answers = [admin.http.get("/admin") for _ in range(8)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert {answer.headers["retry-after"] for answer in refused} == {"1"}
    assert admin.mock.books().faults_fired == {"rate-limit": len(refused)}


@pytest.mark.parametrize(("fault", "cookie", "says"), [
    ("cookie-banner", "wr_consent", "We value your privacy"),
    ("whats-new", "wr_whats_new", "What's new"),
    ("product-tour", "wr_tour", "Skip tour"),
    ("survey", "wr_survey", "How likely"),
])  # fmt: skip
def test_what_lies_over_the_page_stays_until_it_is_answered(admin: Visitor, fault: str, cookie: str, says: str) -> None:
    admin.mock.set_faults(fault)
    assert says in admin.get("/admin/users").text
    assert says in admin.get("/admin/users").text
    admin.http.cookies.set(cookie, "1")
    assert says not in admin.get("/admin/users").text
    assert admin.mock.books().faults_fired == {fault: 2}


def test_a_slow_table_comes_after_its_page(admin: Visitor) -> None:
    admin.mock.set_faults("slow-table=1")
    page = admin.get("/admin/users?search=garcia&page=1")
    assert addresses_listed(page) == []
    found = re.search(r'data-later="([^"]+)"', page.text)
    assert found
    rows = admin.get(found[1].replace("&amp;", "&"))
    assert "maria.garcia2@northwind.example" in addresses_listed(rows)
    assert admin.mock.books().faults_fired == {"slow-table": 1}


def test_no_fault_no_trace(admin: Visitor) -> None:
    text = admin.get("/admin/users").text
    assert "data-later" not in text
    assert "data-notice" not in text
    assert admin.mock.books().faults_fired == {}


def test_latency_holds_every_answer_back(mock: MockConsole) -> None:
    mock.reset(latency_ms=60, jitter_ms=20)
    with Visitor(mock) as visitor:
        started = time.monotonic()
        visitor.get("/login")
        assert time.monotonic() - started > 0.04


@pytest.mark.parametrize("spec", ["nope", "error-503", "error-503=2", "error-503=x", "session-ends-every=0", ""])
def test_a_fault_that_means_nothing_is_refused_by_name(spec: str, mock: MockConsole) -> None:
    with pytest.raises(OptionError, match="fault"):
        mock.set_faults(spec)
    with pytest.raises(OptionError, match="fault"):
        MockConsole(MockOptions(faults=(spec,)))
