"""The REST door of the mock against its own OpenAPI document: whatever is sent, it never breaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup, ServerError
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from fixtures.mock_console import MockConsole, MockOptions, rest
from fixtures.mock_console.openapi import DOCUMENT

OPERATIONS = [(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods]
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def console() -> Iterator[MockConsole]:
    with MockConsole(MockOptions(people=60)) as running:
        yield running


def ask(console: MockConsole, path: str, method: str, mode: GenerationMode) -> None:
    """Whatever schemathesis makes of one operation is sent. Raises what it says of an answer that is none."""
    # Its own integration with pytest does not work with this version of pytest: the strategy alone is used.
    schema = schemathesis.openapi.from_url(f"{console.url}/api/v1/openapi.json")
    key = {"authorization": f"Bearer {console.options.api_key}"}

    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
    def answered(case: Any) -> None:
        case.validate_response(case.call(headers=key), checks=CHECKS)

    answered()


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_whatever_is_sent_is_answered_as_the_document_says(
    console: MockConsole, path: str, method: str, mode: GenerationMode
) -> None:
    ask(console, path, method, mode)


def test_a_server_error_would_be_found(console: MockConsole, monkeypatch: pytest.MonkeyPatch) -> None:
    def planted(call: Any, found: list[Any]) -> list[Any]:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(rest, "_page", planted)
    path = next(path for path, method in OPERATIONS if method == "get")
    with pytest.raises(FailureGroup) as found:
        ask(console, path, "get", GenerationMode.POSITIVE)
    assert any(isinstance(each, ServerError) for each in found.value.exceptions)
