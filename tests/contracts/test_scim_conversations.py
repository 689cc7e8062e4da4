"""Conversations with identity providers, written from their public documentation, and what has to come of each step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from connector.models import Person, Status
from tests.unit.scim_service.console import ConsoleInMemory
from tests.unit.scim_service.served import ADA, BO, CY, served

CONVERSATIONS = sorted((Path(__file__).parent / "conversations").glob("*.json"))


def filled(given: Any, known: Mapping[str, str]) -> Any:
    """The same with ids in place of names in braces."""
    text = json.dumps(given)
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return json.loads(text)


def holds(found: Any, expected: Any, where: str = "") -> list[str]:
    """What of the expected is not found; of objects only what is named is compared."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return [miss for name in expected for miss in holds(found.get(name), expected[name], f"{where}.{name}")]
    if isinstance(expected, list) and isinstance(found, list) and len(found) == len(expected):
        pairs = enumerate(zip(found, expected, strict=True))
        return [miss for number, (one, other) in pairs for miss in holds(one, other, f"{where}[{number}]")]
    return [] if found == expected else [f"{where}: {found!r} instead of {expected!r}"]


@pytest.mark.parametrize("file", CONVERSATIONS, ids=lambda path: path.stem)
def test_a_documented_conversation_comes_to_what_it_should(file: Path, tmp_path: Path) -> None:
    conversation = json.loads(file.read_text())
    assert all(source.startswith("https://") for source in conversation["written_from"])
    bystanders: dict[str, Person] = {ADA.email: ADA, CY.email: CY}
    with served(tmp_path, ConsoleInMemory(ADA, BO, CY, groups=["Sales"])) as scim:
        known = {"ada": scim.find(ADA.email)["id"], "bo": scim.find(BO.email)["id"]}
        for step in conversation["steps"]:
            request, expect = filled(step["request"], known), filled(step["expect"], known)
            before = len(scim.console.books)

            answer = scim.ask(request["method"], request["path"], request.get("body"))

            told = answer.json() if answer.content else {}
            assert answer.status_code == expect["status"], (step["does"], told)
            assert holds(told, expect.get("body", {})) == [], step["does"]
            assert [name for name in expect.get("without", []) if name in told] == [], step["does"]
            done = scim.console.books[before:]
            assert sorted(done) == sorted(expect.get("console", [])), step["does"]
            known |= {name: told[field] for name, field in step.get("keep", {}).items()}
        for email, person in bystanders.items():
            assert scim.console.everybody[email] == person
        assert scim.console.everybody[CY.email].status is Status.DEACTIVATED


def test_a_conversation_that_comes_to_something_else_is_noticed() -> None:
    assert holds({"a": {"b": 1, "c": 2}, "d": [1]}, {"a": {"b": 1}, "d": [1]}) == []
    assert holds({"a": {"b": 1}}, {"a": {"b": 2}}) == [".a.b: 1 instead of 2"]
    assert holds({"d": [1, 2]}, {"d": [1]}) == [".d: [1, 2] instead of [1]"]
