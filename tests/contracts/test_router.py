"""Doors that are shut, answers that are lost, ceilings: which tier acts then, and that nothing is sent twice."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest

from connector import Connector
from connector.errors import ConsoleUnavailable, RunDatabaseFailed, SettingsError
from connector.models import Guard, ImportPeople, Invite, Result, Role
from connector.tiers.rest import RestDoor
from fixtures.mock_console import MockConsole
from tests.conftest import StartConnector
from tests.flows.oracle import assert_nothing_happened, assert_only_changed, mailed

NEW, ANN, HELEN = "nadja.new@northwind.example", "ann@northwind.example", "helen.brandt@northwind.example"
INVITE = Invite(email=NEW, first_name="Nadja", last_name="New", groups=("R&D",))
MADE: dict[str, Any] = {"first_name": "Nadja", "last_name": "New", "groups": ["R&D"]}


@pytest.fixture
def start_tiers(mock: MockConsole, start_connector: StartConnector) -> Callable[..., Connector]:
    """Opens a connector with the keys of the mock's doors, these tiers, and little patience."""

    def start(tiers: str, **changes: Any) -> Connector:
        keys = {"api_key": mock.options.api_key, "scim_token": mock.options.scim_token}
        return start_connector(mock, **{"tiers": tiers, "timeout": 1, **keys, **changes})

    return start


def calls(mock: MockConsole, door: str) -> int:
    return sum(count for call, count in mock.books().api_calls.items() if call.startswith(f"{door} "))


# -- shut --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("401", "HTTP 401: WORKRAMP_SCIM_TOKEN is not accepted, or the plan does not have it"),
        ("403", "HTTP 403: WORKRAMP_SCIM_TOKEN is not accepted, or the plan does not have it"),
        ("404", "HTTP 404: this console does not have it"),
        ("429", "HTTP 429 after "),
        ("500", "HTTP 500 after "),
        ("timeout", "no answer within 1 s"),
    ],
)
def test_a_door_that_is_shut_is_passed_over_and_the_outcome_says_why(
    start_tiers: Callable[..., Connector], mock: MockConsole, fault: str, reason: str
) -> None:
    mock.set_faults(f"scim={fault}")
    before = mock.books()
    (outcome,) = start_tiers("scim,rest").run([INVITE]).outcomes
    assert (outcome.result, outcome.tier) == (Result.DONE, "rest")
    assert f"passed over: scim ({reason}" in outcome.message
    assert_only_changed(before, mock.books(), {NEW: MADE})
    assert mailed(before, mock.books()) == [(NEW, "invitation")]


def test_a_tier_without_credentials_is_passed_over(start_tiers: Callable[..., Connector], mock: MockConsole) -> None:
    outcome = start_tiers("scim,rest", scim_token=None).deactivate(ANN)
    assert (outcome.result, outcome.tier) == (Result.DONE, "rest")
    assert "passed over: scim (WORKRAMP_SCIM_TOKEN is not set)" in outcome.message


def test_where_every_door_is_shut_the_run_stops_and_says_why_of_each(
    start_tiers: Callable[..., Connector], mock: MockConsole
) -> None:
    mock.set_faults("scim=403", "rest=401")
    before = mock.books()
    with pytest.raises(ConsoleUnavailable) as stop:
        start_tiers("scim,rest").deactivate(ANN)
    assert stop.value.exit_code == 4
    assert "scim (HTTP 403" in stop.value.message
    assert "rest (HTTP 401" in stop.value.message
    assert_nothing_happened(before, mock.books())


def test_a_connection_that_is_refused_is_a_shut_door(start_tiers: Callable[..., Connector], free_tcp_port: int) -> None:
    with pytest.raises(ConsoleUnavailable) as stop:
        start_tiers("rest", url=f"http://127.0.0.1:{free_tcp_port}").deactivate(ANN)
    assert "no connection to 127.0.0.1: ConnectError" in stop.value.message


def test_a_definite_refusal_is_an_answer_and_no_other_tier_is_asked(
    start_tiers: Callable[..., Connector], mock: MockConsole
) -> None:
    mock.reset(seats=1)
    before = mock.books()
    (outcome,) = start_tiers("scim,rest").run([INVITE]).outcomes
    assert (outcome.result, outcome.tier) == (Result.FAILED, "scim")
    assert "scim answered HTTP 409: No seats available" in outcome.message
    assert_nothing_happened(before, mock.books())
    assert calls(mock, "rest") == 0


def test_a_shut_door_is_left_alone_and_tried_again_after_its_pause(
    start_tiers: Callable[..., Connector], mock: MockConsole
) -> None:
    mock.set_faults("scim=403")
    connector = start_tiers("scim,rest", tier_pause=600)
    people = [INVITE.model_copy(update={"email": f"new{number}@northwind.example"}) for number in range(8)]
    report = connector.run(people)
    assert {(each.result, each.tier) for each in report.outcomes} == {(Result.DONE, "rest")}
    assert all("scim (HTTP 403" in each.message for each in report.outcomes)
    asked = calls(mock, "scim")
    assert asked <= connector.settings.lanes, "each lane finds it shut once at most"
    mock.set_faults()
    breakers = connector._router.breakers.values()  # type: ignore[union-attr]
    for breaker in breakers:
        breaker._until = 0.0  # the pause is over
    (outcome,) = connector.run([INVITE]).outcomes
    assert (outcome.result, outcome.tier) == (Result.DONE, "scim")
    assert "passed over" not in outcome.message


# -- lost answers ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("tiers", ["rest", "scim", "scim,rest", "rest,scim"])
@pytest.mark.parametrize("fault", ["lost-answer", "commit-500"])
def test_a_lost_answer_never_sends_a_second_invitation(
    start_tiers: Callable[..., Connector], mock: MockConsole, tiers: str, fault: str
) -> None:
    mock.set_faults(f"rest={fault}", f"scim={fault}")
    before = mock.books()
    (outcome,) = start_tiers(tiers).run([INVITE]).outcomes
    assert (outcome.result, outcome.tier) == (Result.DONE, tiers.partition(",")[0])
    after = mock.books()
    assert mailed(before, after) == [(NEW, "invitation")]
    assert len(after.events_of("invited", NEW)) == 1
    sent = [count for call, count in after.api_calls.items() if call in ("rest POST /users", "scim POST /Users")]
    assert sent == [1]


def test_a_lost_answer_is_read_back_through_another_door(
    start_tiers: Callable[..., Connector], mock: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The door commits, loses the answer, and is shut from then on."""
    shut_after_commit(mock, monkeypatch, "scim")
    before = mock.books()
    (outcome,) = start_tiers("scim,rest").run([INVITE]).outcomes
    assert (outcome.result, outcome.tier) == (Result.DONE, "rest")
    assert "sent through scim before, whose answer was lost" in outcome.message
    after = mock.books()
    assert mailed(before, after) == [(NEW, "invitation")]
    assert after.api_calls.get("rest POST /users", 0) == 0
    assert after.api_calls["scim POST /Users"] == 1


def test_what_was_sent_and_cannot_be_read_back_is_unknown(
    start_tiers: Callable[..., Connector], mock: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut_after_commit(mock, monkeypatch, "rest")
    report = start_tiers("rest").run([INVITE])
    assert report.stopped == 4
    assert report.outcomes[0].result is Result.UNKNOWN
    assert "sent through rest and not read back" in report.outcomes[0].message


def shut_after_commit(mock: MockConsole, monkeypatch: pytest.MonkeyPatch, door: str) -> None:
    from fixtures.mock_console.directory import Directory

    invite = Directory.invite

    def once(directory: Directory, *arguments: Any, **options: Any) -> Any:
        made = invite(directory, *arguments, **options)
        mock.set_faults(f"{door}=500")
        raise RuntimeError("the answer is lost")
        return made

    monkeypatch.setattr(Directory, "invite", once)
    logging.getLogger("uvicorn.error").disabled = True


def test_a_change_that_the_first_time_was_not_made_is_sent_again(
    start_tiers: Callable[..., Connector], mock: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service fails before it does anything: looked for, not found, sent again, and done once."""
    from fixtures.mock_console.directory import Directory

    invite = Directory.invite
    failed: list[bool] = []

    def second_time(directory: Directory, *arguments: Any, **options: Any) -> Any:
        if not failed:
            failed.append(True)
            raise RuntimeError("out of order")
        return invite(directory, *arguments, **options)

    monkeypatch.setattr(Directory, "invite", second_time)
    before = mock.books()
    (outcome,) = start_tiers("rest").run([INVITE]).outcomes
    assert outcome.result is Result.DONE
    assert mailed(before, mock.books()) == [(NEW, "invitation")]
    assert mock.books().api_calls["rest POST /users"] == 2


def test_a_list_that_lags_is_waited_for(start_tiers: Callable[..., Connector], mock: MockConsole) -> None:
    mock.set_faults("list-lag=1")
    before = mock.books()
    (outcome,) = start_tiers("rest", timeout=6).run([INVITE]).outcomes
    assert outcome.result is Result.DONE
    assert mailed(before, mock.books()) == [(NEW, "invitation")]
    assert mock.books().faults_fired["list-lag"] > 0


def test_a_service_that_never_shows_the_effect_leaves_it_unknown(
    start_tiers: Callable[..., Connector], mock: MockConsole
) -> None:
    mock.set_faults("list-lag=30")
    (outcome,) = start_tiers("rest").run([INVITE]).outcomes
    assert outcome.result is Result.UNKNOWN
    assert len(mock.books().mails_to(NEW)) == 1


def test_a_run_that_was_cut_short_after_sending_is_gone_on_with_and_sends_nothing_again(
    start_tiers: Callable[..., Connector], mock: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite = RestDoor.invite

    async def cut_short(door: RestDoor, *arguments: Any) -> None:
        await invite(door, *arguments)
        raise RunDatabaseFailed("the process ends here")

    before = mock.books()
    connector = start_tiers("rest")
    with monkeypatch.context() as patched:
        patched.setattr(RestDoor, "invite", cut_short)
        report = connector.run([INVITE], run_id="cut-short")
    assert [each.result for each in report.outcomes] == [Result.UNKNOWN]
    assert report.stopped is not None
    (outcome,) = connector.resume("cut-short").outcomes
    assert (outcome.result, outcome.tier) == (Result.DONE, "rest")
    assert "read back" in outcome.message
    assert mailed(before, mock.books()) == [(NEW, "invitation")]
    assert mock.books().api_calls["rest POST /users"] == 1


def test_somebody_is_only_completed_by_the_next_tier_once_she_is_there(
    start_tiers: Callable[..., Connector], mock: MockConsole
) -> None:
    """Cut short between two tiers: gone on with, she gets what is missing, and one invitation in all."""
    mock.set_faults("rest=500")
    before = mock.books()
    operation = INVITE.model_copy(update={"role": Role.ADMIN})
    connector = start_tiers("scim,rest", tier_pause=0)
    report = connector.run([operation], overrides=[Guard.ADMIN_ROLE], run_id="half-way")
    assert (report.stopped, report.outcomes[0].result) == (4, Result.FAILED)
    assert "but not the rest: no tier is available to edit: scim (has no roles), rest (HTTP 500" in (
        report.outcomes[0].message
    )
    assert mock.books().person(NEW).role == "learner"
    mock.set_faults()
    (outcome,) = connector.resume("half-way").outcomes
    assert (outcome.result, outcome.tier) == (Result.DONE, "scim+rest")
    assert mock.books().person(NEW).role == "admin"
    assert mailed(before, mock.books()) == [(NEW, "invitation")]


# -- imports that a door drops -----------------------------------------------------------------------------------------
def test_an_import_goes_on_through_the_next_tier_where_the_first_is_shut_midway(
    start_tiers: Callable[..., Connector], mock: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fixtures.mock_console.directory import Directory

    invite = Directory.invite

    def three_times(directory: Directory, *arguments: Any, **options: Any) -> Any:
        made = invite(directory, *arguments, **options)
        if len(directory.mails) == 3:
            mock.set_faults("scim=403")
        return made

    monkeypatch.setattr(Directory, "invite", three_times)
    people = tuple(INVITE.model_copy(update={"email": f"new{number}@northwind.example"}) for number in range(6))
    report = start_tiers("scim,rest").run([ImportPeople(people=people)])
    assert [each.result for each in report.outcomes] == [Result.DONE] * 6
    assert {each.tier for each in report.outcomes[4:]} == {"rest"}
    assert sorted(mail.to for mail in mock.books().mails) == [person.email for person in people]


# -- ceilings ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("burst", "limited"), [(3, False), (13000, True)])
def test_the_ceiling_is_kept_and_not_found_out_by_being_refused(
    start_tiers: Callable[..., Connector], mock: MockConsole, burst: int, limited: bool
) -> None:
    """The same calls under the mock's ceiling: with the limiter at half of it none is refused; without, some are."""
    mock.set_faults("api-ceiling=6")
    connector = start_tiers("rest", timeout=10, api_burst=burst, api_calls_per_hour=3 * 3600)
    report = connector.run([INVITE.model_copy(update={"email": f"new{n}@northwind.example"}) for n in range(3)])
    assert [each.result for each in report.outcomes] == [Result.DONE] * 3
    assert (mock.books().faults_fired.get("api-ceiling", 0) > 0) is limited


# -- secrets -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("fault", ["401", "429", "500", "timeout", "lost-answer"])
def test_no_key_is_in_any_message_or_log(
    start_tiers: Callable[..., Connector], mock: MockConsole, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    mock.set_faults(f"rest={fault}", f"scim={fault}")
    connector = start_tiers("scim,rest")
    try:
        said = connector.run([INVITE]).model_dump_json()
    except ConsoleUnavailable as error:
        said = f"{error}{error!r}{error.__cause__!r}{error.__context__!r}"
    for secret in (mock.options.api_key, mock.options.scim_token):
        assert secret not in said
        assert secret not in caplog.text


def test_a_key_that_no_header_may_hold_is_not_repeated(start_tiers: Callable[..., Connector]) -> None:
    with pytest.raises(ConsoleUnavailable) as stop:
        start_tiers("rest", api_key="secret-canary\nwith a line").deactivate(ANN)
    assert "WORKRAMP_API_KEY holds characters that no header may have" in str(stop.value)
    assert "canary" not in f"{stop.value}{stop.value.__cause__!r}{stop.value.__context__!r}"


def test_keys_are_not_sent_over_a_way_that_is_not_private(start_tiers: Callable[..., Connector]) -> None:
    with pytest.raises(SettingsError) as stop:
        start_tiers("rest", url="http://app.workramp.example").deactivate(ANN)
    assert "WORKRAMP_URL is neither https nor on this machine" in stop.value.message


def test_whose_keys_they_are_must_be_known(start_tiers: Callable[..., Connector]) -> None:
    with pytest.raises(SettingsError, match="WORKRAMP_EMAIL is not set"):
        start_tiers("rest", email=None, password=None).deactivate(ANN)


def test_a_lifted_guard_is_lifted_whichever_tier_acts(start_tiers: Callable[..., Connector], mock: MockConsole) -> None:
    connector = start_tiers("rest", key_owners=ANN)
    assert connector.deactivate(ANN).guard is Guard.KEY_OWNER
    assert connector.deactivate(ANN, overrides=[Guard.KEY_OWNER]).result is Result.DONE
    assert mock.books().person(ANN).status == "deactivated"
