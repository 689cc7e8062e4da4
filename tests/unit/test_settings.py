"""Settings: where a value comes from, what is refused, and that no secret is ever repeated."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from connector.errors import SettingsError
from connector.settings import (
    KNOWN_VARIABLES,
    SECRET_FIELDS,
    EvidenceLevel,
    Settings,
    TierName,
    load_settings,
    origin,
    safe_for_credentials,
    variable,
)

CANARY = "canary-7f3a"
EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in KNOWN_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def env_file(text: str, name: str = ".env") -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_are_the_documented_ones() -> None:
    settings = load_settings()
    assert settings.url == "https://app.workramp.com"
    assert settings.timeout == 30
    assert settings.lanes == 4
    assert settings.evidence is EvidenceLevel.FAILURES
    assert settings.tiers == (TierName.CONSOLE,)
    assert settings.protected == ()
    assert settings.email is None
    assert settings.password is None
    assert settings.state_dir.is_absolute()
    assert settings.state_dir.name == "workramp-connector"
    assert not settings.state_dir.is_relative_to(Path.cwd())


def test_an_option_beats_the_environment_which_beats_the_file_which_beats_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    env_file("WORKRAMP_TIMEOUT=11\nWORKRAMP_LANES=2\nWORKRAMP_EVIDENCE=all\n")
    monkeypatch.setenv("WORKRAMP_TIMEOUT", "12")
    monkeypatch.setenv("WORKRAMP_LANES", "3")
    settings = load_settings(timeout=13.0, lanes=None)
    assert (settings.timeout, settings.lanes, settings.evidence) == (13, 3, EvidenceLevel.ALL)


def test_a_named_env_file_is_read_instead_of_the_one_in_the_working_directory() -> None:
    env_file("WORKRAMP_LANES=2\nWORKRAMP_TIMEOUT=5\n")
    assert load_settings(env_file("WORKRAMP_LANES=7\n", "other.env")).lanes == 7
    assert load_settings(Path("other.env")).timeout == 30


def test_a_named_env_file_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(SettingsError, match=r"missing\.env does not exist"):
        load_settings(Path("missing.env"))


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_value_counts_as_unset_and_the_next_source_is_asked(
    monkeypatch: pytest.MonkeyPatch, blank: str
) -> None:
    env_file("WORKRAMP_LANES=2\nWORKRAMP_PASSWORD=\n")
    monkeypatch.setenv("WORKRAMP_LANES", blank)
    monkeypatch.setenv("WORKRAMP_TIMEOUT", blank)
    settings = load_settings(evidence=blank)
    assert (settings.lanes, settings.timeout, settings.password) == (2, 30, None)
    assert settings.evidence is EvidenceLevel.FAILURES


def test_an_unknown_name_in_the_environment_names_the_closest_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKRAMP_PROTECT", CANARY)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "WORKRAMP_PROTECT (did you mean WORKRAMP_PROTECTED?)" in str(caught.value)
    assert "the environment" in str(caught.value)
    assert CANARY not in str(caught.value)
    assert caught.value.exit_code == 2


def test_an_unknown_name_in_the_env_file_names_the_closest_known_one_and_the_file() -> None:
    env_file(f"OTHER_TOOL=1\nWORKRAMP_PASWORD={CANARY}\n")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "WORKRAMP_PASWORD (did you mean WORKRAMP_PASSWORD?)" in str(caught.value)
    assert ".env" in str(caught.value)
    assert CANARY not in str(caught.value)


def test_a_known_name_in_lower_case_is_unknown_rather_than_silently_without_effect(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("workramp_url", "https://other.example.com")
    with pytest.raises(SettingsError, match="did you mean WORKRAMP_URL"):
        load_settings()


def test_an_option_that_is_no_setting_is_a_mistake_of_the_program() -> None:
    with pytest.raises(TypeError, match="closest is 'timeout'"):
        load_settings(timeouts=3)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("WORKRAMP_URL", "ftp://console.example.com", "https"),
        ("WORKRAMP_URL", "app.workramp.com", "does not begin with https"),
        ("WORKRAMP_EMAIL", "ann", "e-mail address"),
        ("WORKRAMP_TIMEOUT", "0", "more than 0"),
        ("WORKRAMP_TIMEOUT", "-3", "more than 0"),
        ("WORKRAMP_TIMEOUT", "nan", "more than 0"),
        ("WORKRAMP_TIMEOUT", "inf", "more than 0"),
        ("WORKRAMP_TIMEOUT", "30s", "seconds"),
        ("WORKRAMP_LANES", "0", "1 to 16"),
        ("WORKRAMP_LANES", "2.5", "whole number"),
        ("WORKRAMP_EVIDENCE", "some", "off, failures or all"),
        ("WORKRAMP_TIERS", "console,soap", "console, rest and scim"),
        ("WORKRAMP_TIERS", "console console", "once"),
        ("WORKRAMP_PROTECTED", "ann@example.com, bob", "e-mail address"),
        ("WORKRAMP_SSO_ORIGIN", "http://login.example.com", "https"),
        ("WORKRAMP_LABELS", "no-such.toml", "TOML file"),
        ("WORKRAMP_STATE_DIR", "a-file", "folder"),
    ],
)
def test_a_wrong_value_is_named_with_variable_place_value_and_what_is_expected(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    env_file("", "a-file")
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    text = str(caught.value)
    assert text.startswith(f"{name} from the environment is {value!r}: ")
    assert expected in text
    assert caught.value.exit_code == 2


def test_all_wrong_values_are_named_at_once_each_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    env_file("WORKRAMP_EVIDENCE=some\n")
    monkeypatch.setenv("WORKRAMP_TIMEOUT", "soon")
    with pytest.raises(SettingsError) as caught:
        load_settings(lanes=0)
    text = str(caught.value)
    assert text.startswith("3 settings cannot be used.")
    assert "WORKRAMP_EVIDENCE from .env is" in text
    assert "WORKRAMP_TIMEOUT from the environment is" in text
    assert "WORKRAMP_LANES from an option is" in text


def test_lists_take_commas_blanks_and_line_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKRAMP_PROTECTED", " it@example.com,owner@example.com\n ceo@example.com ,")
    monkeypatch.setenv("WORKRAMP_TIERS", "scim, rest console")
    settings = load_settings()
    assert settings.protected == ("it@example.com", "owner@example.com", "ceo@example.com")
    assert settings.tiers == (TierName.SCIM, TierName.REST, TierName.CONSOLE)
    assert load_settings(protected=("ann@example.com",)).protected == ("ann@example.com",)


# --- the env file ----------------------------------------------------------------------------------------------------


def test_the_env_file_is_read_with_byte_order_mark_quotes_comments_and_export() -> None:
    Path(".env").write_bytes(
        b"\xef\xbb\xbfWORKRAMP_EMAIL=ann@example.com # who\r\nexport WORKRAMP_PASSWORD='a # b ${HOME} $x'\r\n"
    )
    email, password = load_settings().require_credentials()
    assert email == "ann@example.com"
    assert password.get_secret_value() == "a # b ${HOME} $x"


@pytest.mark.parametrize("line", [f"WORKRAMP_PASSWORD='{CANARY}", "WORKRAMP_PASSWORD", f"WORKRAMP_PASSWORD {CANARY}"])
def test_a_line_that_cannot_be_read_is_named_by_its_number_alone(line: str) -> None:
    env_file(f"# comment\n\nWORKRAMP_LANES=2\n\n{line}\n")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert ".env, line 5" in str(caught.value)
    assert CANARY not in str(caught.value)


def test_an_env_file_that_is_no_text_is_an_error() -> None:
    Path("x.env").write_bytes(b"WORKRAMP_EMAIL=\xff\xfe\x00")
    with pytest.raises(SettingsError, match="not UTF-8"):
        load_settings(Path("x.env"))
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(Path.cwd())


def test_a_folder_named_like_the_env_file_is_not_taken_for_one() -> None:
    Path(".env").mkdir()
    assert load_settings().lanes == 4


def test_the_example_documents_every_variable_and_is_valid_with_all_of_them_set() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    documented = re.findall(r"^(?:# )?(WORKRAMP_[A-Z_]+)=", text, re.MULTILINE)
    assert sorted(documented) == sorted(KNOWN_VARIABLES)
    load_settings(EXAMPLE)
    env_file("", "labels.toml")
    everything = env_file(re.sub(r"^# (?=WORKRAMP_[A-Z_]+=)", "", text, flags=re.MULTILINE), "all.env")
    settings = load_settings(everything)
    assert settings.protected == ("it@example.com", "owner@example.com")
    assert settings.state_key == SecretStr("a long passphrase")


# --- addresses and where credentials may be typed --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://app.workramp.com", "https://app.workramp.com"),
        ("https://app.workramp.com/", "https://app.workramp.com"),
        (" HTTPS://App.WorkRamp.com:443/admin/users?page=2#top ", "https://app.workramp.com"),
        ("http://127.0.0.1:8080/sign-in", "http://127.0.0.1:8080"),
        ("http://localhost:80", "http://localhost"),
        ("https://localhost:80", "https://localhost:80"),
        ("http://[::1]:99/x", "http://[::1]:99"),
        ("http://[0:0:0:0:0:0:0:1]", "http://[::1]"),
    ],
)
def test_an_address_is_reduced_to_its_origin(url: str, expected: str) -> None:
    assert origin(url) == expected
    assert origin(expected) == expected
    assert load_settings(url=url).url == expected


@pytest.mark.parametrize(
    "url",
    [
        "ftp://app.workramp.com",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "about:blank",
        "app.workramp.com",
        "//app.workramp.com",
        "https://",
        "https:///admin",
        "https://app.workramp.com:99999",
        "https://app.workramp.com:port",
        "https://app workramp.com",
        "https://app.workramp.com%2eexample.com",
        "https://[::1",
        "https://[fe80::1%eth0]",
        "https://аpp.workramp.com",
        "https://app.workramp.com\\@example.com",
        "https://user@app.workramp.com",
        f"https://user:{CANARY}@app.workramp.com",
        f"https://user:{CANARY} x@app.workramp.com",
        f"user:{CANARY}@app.workramp.com",
        f"https://user:{CANARY}/x@app.workramp.com",
        f"ftp://app.workramp.com/?token={CANARY}",
    ],
)
def test_an_address_that_is_no_plain_http_address_is_refused_without_showing_a_password(url: str) -> None:
    with pytest.raises(ValueError) as plain:
        origin(url)
    with pytest.raises(SettingsError, match="WORKRAMP_URL") as caught:
        load_settings(url=url)
    assert CANARY not in str(plain.value) + str(caught.value)


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://app.workramp.com", True),
        ("http://localhost:8000", True),
        ("http://console.localhost:8000", True),
        ("http://127.0.0.1:8000", True),
        ("http://127.9.9.9", True),
        ("http://[::1]:8000", True),
        ("http://app.workramp.com", False),
        ("http://192.168.1.5", False),
        ("http://localhost.example.com", False),
        ("http://127.0.0.1.example.com", False),
        ("http://notlocalhost", False),
    ],
)
def test_credentials_are_typed_over_https_or_on_this_machine_only(url: str, may: bool) -> None:
    settings = load_settings(url=url, email="ann@example.com", password=CANARY)
    assert settings.may_type_credentials is may
    assert safe_for_credentials(url) is may
    if may:
        assert settings.require_credentials() == ("ann@example.com", SecretStr(CANARY))
    else:
        with pytest.raises(SettingsError, match="not private"):
            settings.require_credentials()


def test_credentials_are_typed_on_the_console_and_the_named_origins_and_nowhere_else() -> None:
    settings = load_settings(url="https://app.workramp.com", sso_origin="https://login.example.com/saml")
    assert settings.may_type_on("https://app.workramp.com/login?next=/admin")
    assert settings.may_type_on("https://login.example.com/x")
    for elsewhere in (
        "http://app.workramp.com/login",
        "https://app.workramp.com:8443/login",
        "https://app.workramp.com.example.com/login",
        "https://example.com/app.workramp.com",
        "about:blank",
    ):
        assert not settings.may_type_on(elsewhere)


@pytest.mark.parametrize(
    ("given", "missing", "present"),
    [
        ({}, "WORKRAMP_EMAIL and WORKRAMP_PASSWORD", None),
        ({"email": "ann@example.com"}, "WORKRAMP_PASSWORD", "WORKRAMP_EMAIL"),
        ({"password": CANARY}, "WORKRAMP_EMAIL", "WORKRAMP_PASSWORD"),
    ],
)
def test_missing_credentials_are_named(given: dict[str, Any], missing: str, present: str | None) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(**given).require_credentials()
    assert missing in str(caught.value)
    assert present is None or present not in str(caught.value)
    assert CANARY not in str(caught.value)


# --- secrets ---------------------------------------------------------------------------------------------------------


def test_the_secret_fields_are_exactly_those_whose_type_hides_them() -> None:
    hidden = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    assert hidden == SECRET_FIELDS


@pytest.mark.parametrize("field", sorted(SECRET_FIELDS))
def test_a_secret_shows_in_no_text_made_from_settings(monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    value = f"sqlite:///{CANARY}" if field == "database_url" else CANARY
    monkeypatch.setenv(variable(field), value)
    settings = load_settings()
    assert getattr(settings, field).get_secret_value() == value
    texts = (repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json())
    assert not [text for text in texts if CANARY in text]


@pytest.mark.parametrize("field", sorted(SECRET_FIELDS))
@pytest.mark.parametrize("place", ["environment", "file", "option"])
def test_a_secret_shows_in_no_error_nor_in_what_hangs_on_it(
    monkeypatch: pytest.MonkeyPatch, field: str, place: str
) -> None:
    options: dict[str, Any] = {"timeout": "never"}
    if place == "environment":
        monkeypatch.setenv(variable(field), CANARY)
    elif place == "file":
        env_file(f"{variable(field)}={CANARY}\n")
    else:
        options[field] = CANARY
    with pytest.raises(SettingsError) as caught:
        load_settings(**options)
    assert "WORKRAMP_TIMEOUT" in str(caught.value)
    assert CANARY not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def test_a_secret_of_the_wrong_kind_is_not_shown_either() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(database_url=f"mysql://user:{CANARY}@host/name", password=[CANARY])
    assert "WORKRAMP_DATABASE_URL from an option is not shown" in str(caught.value)
    assert "WORKRAMP_PASSWORD from an option is not shown" in str(caught.value)
    assert CANARY not in str(caught.value)


def test_the_settings_class_by_itself_hides_input_in_its_errors() -> None:
    with pytest.raises(ValidationError) as caught:
        Settings(password=[CANARY])  # type: ignore[arg-type]
    assert CANARY not in str(caught.value)


def test_settings_cannot_be_changed_afterwards() -> None:
    settings = load_settings()
    with pytest.raises(ValidationError, match="frozen"):
        settings.url = "https://example.com"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"database_url": "postgresql://me:p%40ss-word@db.example/runs"}, {"p%40ss-word", "p@ss-word"}),
        ({"totp_secret": "gezd gnbv gy3t"}, {"gezdgnbvgy3t"}),
        ({"totp_secret": "otpauth://totp/x?issuer=y&secret=GEZDGNBV"}, {"GEZDGNBV"}),
        ({"database_url": "sqlite:///runs.db"}, set()),
    ],
)
def test_secrets_within_settings_are_secrets_by_themselves(given: dict[str, Any], expected: set[str]) -> None:
    found = {secret.get_secret_value() for secret in load_settings(password="a-password", **given).secrets()}
    assert found == {"a-password", *given.values(), *expected}
