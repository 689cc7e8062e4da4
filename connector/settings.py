"""Settings: one value per `WORKRAMP_*` variable, from the command, the environment, an env file, or the default.

The order of that sentence is the order of precedence. A value of blanks counts as unset. A `WORKRAMP_*` name that
means nothing is an error, in the environment as well as in the file: a misspelt WORKRAMP_PROTECTED protects nobody.
Nothing here ever repeats a secret: not in errors, not in `repr`, not in dumps.
"""

from __future__ import annotations

import difflib
import io
import ipaddress
import os
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qs, unquote, urlsplit

from platformdirs import user_state_path
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from connector.errors import SettingsError

PREFIX = "WORKRAMP_"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?")
_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


class EvidenceLevel(StrEnum):
    """Of which operations screenshots, page snapshots and step logs are kept."""

    OFF = "off"
    FAILURES = "failures"
    ALL = "all"


class TierName(StrEnum):
    """The ways to reach WorkRamp, of which `tiers` gives the order."""

    CONSOLE = "console"
    REST = "rest"
    SCIM = "scim"


def origin(url: str) -> str:
    """The origin of an address, as a browser's `location.origin` writes it: scheme, host, and port where unusual.

    Path, query and fragment are dropped, so that an address copied from the browser's bar serves as it is. Addresses
    with a user name or password in them are refused, and so are hosts in letters beyond ASCII: browsers show those
    as `xn--...`, and only that spelling can be compared.

    Raises ValueError, with a text that repeats nothing of the address.
    """
    try:
        parts = urlsplit(url.strip())
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("its host or port cannot be read") from None
    if scheme not in _DEFAULT_PORTS:
        raise ValueError("it does not begin with https:// or http://")
    if "@" in parts.netloc or "\\" in parts.netloc:
        raise ValueError("it holds a user name or password, which belong in settings of their own")
    if not host.isascii():
        raise ValueError("its host has letters beyond ASCII: write it as the browser does, xn--...")
    if ":" in host:
        host = f"[{_ipv6(host)}]"
    elif not _HOST.fullmatch(host):
        raise ValueError("it names no host" if not host else "its host cannot be read")
    return f"{scheme}://{host}" if port in (None, _DEFAULT_PORTS[scheme]) else f"{scheme}://{host}:{port}"


def safe_for_credentials(url: str) -> bool:
    """Whether a password sent to this address stays private: https, or http that does not leave this machine."""
    try:
        scheme, _, host = origin(url).partition("://")
    except ValueError:
        return False
    if scheme == "https":
        return True
    name = urlsplit(f"//{host}").hostname or ""
    # Chromium resolves localhost names to the loopback interface itself, whatever the resolver says.
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _ipv6(host: str) -> str:
    try:
        address = ipaddress.IPv6Address(host)
    except ValueError:
        raise ValueError("its host cannot be read") from None
    if address.scope_id is not None:
        raise ValueError("its host names a network interface, which browsers refuse")
    return address.compressed


def _credentials_origin(url: str) -> str:
    if not safe_for_credentials(url):
        origin(url)
        raise ValueError("credentials are typed only over https, or over http on this machine")
    return origin(url)


def _address(value: str) -> str:
    if not _ADDRESS.fullmatch(value):
        raise ValueError("that is not an e-mail address")
    return value


def _domain(value: str) -> str:
    domain = value.removeprefix("@").casefold()
    if not re.fullmatch(r"[^@\s,;<>\"/.]+(\.[^@\s,;<>\"/.]+)+", domain):
        raise ValueError("that is not a domain")
    return domain


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _words(value: object) -> object:
    return [word for word in re.split(r"[,\s]+", value) if word] if isinstance(value, str) else value


def _each_once(values: tuple[TierName, ...]) -> tuple[TierName, ...]:
    if not values or len(set(values)) < len(values):
        raise ValueError("each tier is named once, and at least one")
    return values


def _folder(path: Path) -> Path:
    path = path.expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise ValueError("there is a file of that name")
    return path


def _file(path: Path) -> Path:
    path = path.expanduser().absolute()
    if not path.is_file():
        raise ValueError("there is no such file")
    return path


def _log(path: Path) -> Path:
    path = path.expanduser().absolute()
    if path.is_dir():
        raise ValueError("that is a folder")
    if not path.parent.is_dir():
        raise ValueError("its folder does not exist")
    return path


def _database(secret: SecretStr) -> SecretStr:
    if not secret.get_secret_value().startswith(("sqlite:", "postgresql:")):
        raise ValueError("it does not begin with sqlite: or postgresql:")
    try:
        parts = urlsplit(secret.get_secret_value())
        _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError("its host or port cannot be read") from None
    return secret


_Text = Annotated[str, BeforeValidator(_stripped)]
_Address = Annotated[_Text, AfterValidator(_address)]
_Origins = Annotated[tuple[Annotated[str, AfterValidator(_credentials_origin)], ...], NoDecode, BeforeValidator(_words)]
_Addresses = Annotated[tuple[Annotated[str, AfterValidator(_address)], ...], NoDecode, BeforeValidator(_words)]
_Domains = Annotated[tuple[Annotated[str, AfterValidator(_domain)], ...], NoDecode, BeforeValidator(_words)]
_Tiers = Annotated[tuple[TierName, ...], NoDecode, BeforeValidator(_words), AfterValidator(_each_once)]
_Level = Annotated[EvidenceLevel, BeforeValidator(_stripped)]
_Folder = Annotated[Path, BeforeValidator(_stripped), AfterValidator(_folder)]
_File = Annotated[Path, BeforeValidator(_stripped), AfterValidator(_file)]
_Log = Annotated[Path, BeforeValidator(_stripped), AfterValidator(_log)]
_DatabaseUrl = Annotated[SecretStr, AfterValidator(_database)]


class Settings(BaseSettings):
    """Everything that can be configured. `load_settings` makes one; a field is the variable without `WORKRAMP_`.

    The descriptions say what is expected; errors repeat them.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True, validate_default=False
    )

    url: Annotated[_Text, AfterValidator(origin)] = Field(
        default="https://app.workramp.com", description="the console's address, such as https://app.workramp.com"
    )
    email: _Address | None = Field(default=None, description="the e-mail address of the account that signs in")
    password: SecretStr | None = Field(default=None, description="the password of the account that signs in")
    totp_secret: SecretStr | None = Field(default=None, description="the secret that one-time codes are made from")
    sso_origin: _Origins = Field(
        default=(),
        description="https origins, separated by commas or blanks, where credentials may be typed beside the url",
    )
    tiers: _Tiers = Field(
        default=(TierName.CONSOLE,), description="console, rest and scim in the order to try them, such as scim,console"
    )
    api_key: SecretStr | None = Field(default=None, description="a key of WorkRamp's REST API")
    scim_token: SecretStr | None = Field(default=None, description="a token of WorkRamp's SCIM service")
    api_calls_per_hour: float = Field(
        default=3000,
        gt=0,
        allow_inf_nan=False,
        description="how many calls of the REST API and SCIM an hour may see in the long run, such as 3000",
    )
    api_burst: int = Field(default=13000, ge=1, description="how many of those calls may come at once, such as 13000")
    tier_pause: float = Field(
        default=300,
        ge=0,
        allow_inf_nan=False,
        description="seconds for which a tier that is not available is left alone, such as 300",
    )
    lanes: int = Field(default=4, ge=1, le=16, description="how many tabs work at once, a whole number from 1 to 16")
    timeout: float = Field(
        default=30,
        gt=0,
        le=3600,
        allow_inf_nan=False,
        description="seconds that one step may take, more than 0 and at most 3600, such as 30",
    )
    browser: _Text | None = Field(
        default=None, description="a browser's path, or its channel: chromium, chrome or msedge"
    )
    state_dir: _Folder = Field(
        default_factory=lambda: user_state_path("workramp-connector", appauthor=False),
        description="a folder for saved sessions, runs and evidence",
    )
    state_key: SecretStr | None = Field(default=None, description="a passphrase that encrypts saved sessions")
    protected: _Addresses = Field(
        default=(), description="e-mail addresses, separated by commas or blanks, that are never deactivated"
    )
    key_owners: _Addresses = Field(
        default=(), description="e-mail addresses that own API keys, separated by commas or blanks"
    )
    sso_domains: _Domains = Field(
        default=(), description="domains of the identity provider, such as example.com, separated by commas or blanks"
    )
    internal_domains: _Domains = Field(
        default=(), description="domains whose people use internal seats, such as example.com, by commas or blanks"
    )
    group_required: bool = Field(default=False, description="true or false: whether nobody is invited without a group")
    mass_change_people: int = Field(
        default=25, ge=0, description="how many people one run may deactivate, a whole number such as 25"
    )
    mass_change_percent: float = Field(
        default=10,
        ge=0,
        le=100,
        allow_inf_nan=False,
        description="how many in a hundred active people one run may deactivate, from 0 to 100, such as 10",
    )
    roster_shrink_percent: float = Field(
        default=10,
        ge=0,
        le=100,
        allow_inf_nan=False,
        description="how many in a hundred people a roster may name fewer than the last one, from 0 to 100, such as 10",
    )
    four_eyes: bool = Field(
        default=False, description="true or false: whether nobody approves what waits in a run of her own"
    )
    database_url: _DatabaseUrl | None = Field(
        default=None, description="the run engine's database, such as sqlite:///runs.db or postgresql://host/name"
    )
    run_ttl_hours: float = Field(
        default=24,
        gt=0,
        le=8760,
        allow_inf_nan=False,
        description="hours after which a run is not carried on unasked, more than 0, such as 24",
    )
    plan_ttl_hours: float = Field(
        default=24,
        gt=0,
        le=8760,
        allow_inf_nan=False,
        description="hours after which a plan is not applied any more, more than 0, such as 24",
    )
    log_file: _Log | None = Field(
        default=None, description="a file in an existing folder that JSON lines for machines are appended to"
    )
    labels: _File | None = Field(default=None, description="a TOML file with the labels of a customised console")
    evidence: _Level = Field(default=EvidenceLevel.FAILURES, description="off, failures or all")
    evidence_mask: bool = Field(
        default=False, description="true or false: whether evidence shows nobody but the people concerned"
    )
    evidence_days: float = Field(
        default=30,
        ge=0,
        le=36500,
        allow_inf_nan=False,
        description="days after which a run's evidence is removed, such as 30; 0 keeps it",
    )

    @model_validator(mode="before")
    @classmethod
    def _blank_is_unset(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if not _is_blank(value)}

    @property
    def may_type_credentials(self) -> bool:
        """Whether credentials may be typed on the console's origin: https, or http on a loopback address."""
        return safe_for_credentials(self.url)

    def may_type_on(self, address: str) -> bool:
        """Whether credentials may be typed on the page with this address: a configured origin, over a private way."""
        return safe_for_credentials(address) and origin(address) in (self.url, *self.sso_origin)

    def secrets(self) -> list[SecretStr]:
        """Every secret that is set, with what of it is one by itself: a database's password, a one-time secret."""
        values = [value for name in SECRET_FIELDS if (value := getattr(self, name)) is not None]
        if self.database_url is not None:
            parts = urlsplit(self.database_url.get_secret_value())
            spelled = {parts.netloc.rpartition("@")[0].partition(":")[2], *parse_qs(parts.query).get("password", ())}
            values += [SecretStr(password) for password in sorted({*spelled, *map(unquote, spelled)} - {""})]
        if self.totp_secret is not None:
            text = self.totp_secret.get_secret_value()
            within = re.search(r"[?&]secret=([^&#]+)", text)
            values.append(SecretStr("".join((within[1] if within else text).split())))
        return values

    def require_credentials(self) -> tuple[str, SecretStr]:
        """E-mail address and password of the account that signs in, for a console where they may be typed.

        Raises SettingsError, naming the variables that are missing or the address that is not private.
        """
        missing = [variable(name) for name in ("email", "password") if getattr(self, name) is None]
        if self.email is None or self.password is None:
            raise SettingsError(
                f"Signing in needs {' and '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not set.",
                advice="set them in the environment, in .env, or in the file that --env-file names; "
                "or sign in by hand once with `workramp sign-in`, which needs no password",
            )
        if not self.may_type_credentials:
            raise SettingsError(
                f"{variable('url')} is {self.url}, where credentials are not typed: the way there is not private.",
                expected="https, or http on a loopback address",
            )
        return self.email, self.password


def variable(field: str) -> str:
    """The environment variable of a field."""
    return PREFIX + field.upper()


_FIELDS = {variable(field): field for field in Settings.model_fields}
KNOWN_VARIABLES = tuple(_FIELDS)
"""Every `WORKRAMP_*` name that means something."""
SECRET_FIELDS = frozenset({"password", "totp_secret", "api_key", "scim_token", "state_key", "database_url"})
"""The fields whose values are never shown; each of them is a SecretStr."""


def load_settings(env_file: Path | None = None, **overrides: Any) -> Settings:
    """Read the settings: `overrides` over the environment over the env file over the defaults.

    Args:
        env_file: the file of `--env-file`, which must exist; None means `.env` in the working directory, if any.
        overrides: the command's options by field name; None and blank values count as not given.

    Raises SettingsError, naming every variable that is unknown or unusable, where it was given, and what is expected.
    """
    for name in overrides.keys() - Settings.model_fields.keys():
        raise TypeError(
            f"load_settings() has no setting {name!r}; the closest is {_closest(name, Settings.model_fields)!r}"
        )
    path = env_file or Path(".env")
    _refuse_unknown(os.environ, "the environment")
    in_file = read_env_file(path) if env_file is not None or path.is_file() else {}
    _refuse_unknown(in_file, str(path))

    layers: dict[str, Mapping[str, object]] = {
        str(path): {_FIELDS[name]: value for name, value in in_file.items() if name in _FIELDS},
        "the environment": {field: os.environ.get(name) for name, field in _FIELDS.items()},
        "an option": overrides,
    }
    given: dict[str, Any] = {}
    source: dict[str, str] = {}
    for place, values in layers.items():
        for field, value in values.items():
            if not _is_blank(value):
                given[field], source[field] = value, place
    try:
        return Settings(**given)
    except ValidationError as error:
        problems = _problems(error, given, source)
    # Raised outside the handler: pydantic's error carries the input, and must not hang on ours as its context.
    heading = f"{len(problems)} settings cannot be used.\n  " if len(problems) > 1 else ""
    raise SettingsError(heading + "\n  ".join(problems))


def read_env_file(path: Path) -> dict[str, str]:
    """The names and values of an env file: `NAME=value` lines, quotes and `#` comments as python-dotenv reads them.

    Nothing is expanded, so that a password with `${` in it stays what it is. Read once, so that a pipe will do.
    Raises SettingsError where the file is missing or unreadable, naming a bad line by its number only.
    """
    # Imported here because most starts have no env file.
    from dotenv.parser import parse_stream

    try:
        text = path.expanduser().read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(f"The env file {path} does not exist.", advice="look at --env-file") from None
    except (OSError, UnicodeError) as error:
        reason = "it is not UTF-8 text" if isinstance(error, UnicodeError) else error.strerror
        raise SettingsError(f"The env file {path} cannot be read: {reason}.") from None
    values: dict[str, str] = {}
    for binding in parse_stream(io.StringIO(text)):
        if binding.error or ((binding.key or "").upper().startswith(PREFIX) and binding.value is None):
            # A statement begins with the blank lines before it.
            statement = binding.original.string
            blank = statement[: len(statement) - len(statement.lstrip())]
            line = binding.original.line + blank.count("\n")
            raise SettingsError(f"{path}, line {line}: this cannot be read.", expected="NAME=value, quoted if need be")
        if binding.key is not None and binding.value is not None:
            values[binding.key] = binding.value
    return values


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _closest(name: str, known: Iterable[str]) -> str:
    return difflib.get_close_matches(name, list(known), n=1, cutoff=0)[0]


def _refuse_unknown(names: Iterable[str], place: str) -> None:
    unknown = [name for name in names if name.upper().startswith(PREFIX) and name not in _FIELDS]
    if unknown:
        guesses = [f"{name} (did you mean {_closest(name.upper(), KNOWN_VARIABLES)}?)" for name in sorted(unknown)]
        raise SettingsError(
            f"There is no setting {' and no setting '.join(guesses)}.",
            seen=f"in {place}",
            advice=".env.example lists every setting; correct or remove the name",
        )


def _problems(error: ValidationError, given: Mapping[str, object], source: Mapping[str, str]) -> list[str]:
    problems: dict[str, str] = {}
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        field = str(detail["loc"][0])
        reason = detail["msg"].removeprefix("Value error, ")
        was = f"{variable(field)} from {source[field]} is {_shown(field, given[field])}"
        expected = Settings.model_fields[field].description
        problems.setdefault(field, f"{was}: {reason[0].lower()}{reason[1:]}; expected {expected}")
    return list(problems.values())


def _shown(field: str, value: object) -> str:
    """A given value for an error text; of an address never the part that may hold a password or token."""
    if field in SECRET_FIELDS:
        return "not shown"
    text = str(value)
    if field in ("url", "sso_origin"):
        text = re.sub(r".*@", "…@", text, flags=re.DOTALL)
        text = re.sub(r"[?#].*", "", text, flags=re.DOTALL)
    return repr(text if len(text) <= 200 else f"{text[:200]}…")
