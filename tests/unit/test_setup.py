"""The set-up: what is pinned, what make offers, and that the import rules catch what they forbid."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OWN_NAME = PROJECT["project"]["name"]


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    found = [re.fullmatch(r"([A-Za-z0-9._-]+)==([0-9][A-Za-z0-9.+!]*)", line) for line in lines if line[:1] != "#"]
    assert all(found), "constraints.txt holds comments and NAME==VERSION lines, and nothing else"
    return {canonicalize_name(match[1]): match[2] for match in found if match}


def declared() -> set[str]:
    lists = [
        PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"].values(),
        PROJECT["build-system"]["requires"],
    ]
    return {canonicalize_name(Requirement(line).name) for lines in lists for line in lines}


def closure(names: set[str]) -> dict[str, str]:
    """These distributions and all that they require here, with the installed versions."""
    found: dict[str, str] = {}
    waiting = [(name, frozenset[str]()) for name in names]
    seen = set(waiting)
    while waiting:
        name, extras = waiting.pop()
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            assert name == "hatchling", f"{name} is required and not installed"
            continue
        found[name] = distribution.version
        for line in distribution.requires or []:
            requirement = Requirement(line)
            environments = [{"extra": extra} for extra in extras or {""}]
            if requirement.marker is None or any(map(requirement.marker.evaluate, environments)):
                step = (canonicalize_name(requirement.name), frozenset(requirement.extras))
                if step not in seen:
                    seen.add(step)
                    waiting.append(step)
    return found


def make(*arguments: str) -> str:
    """What make prints. Without the variables of a make that runs these tests, which would speak in between."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "ARGS"))}
    command = ["make", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_every_declared_dependency_is_pinned() -> None:
    assert declared() - pins().keys() == set()


def test_every_installed_dependency_is_pinned_to_the_version_that_is_installed() -> None:
    pinned = pins()
    drifted = {name: (version, pinned.get(name)) for name, version in closure(declared()).items()}
    assert {name: both for name, both in drifted.items() if both[0] != both[1]} == {}


@pytest.mark.parametrize(
    "name",
    [
        "constraints.txt",
        "pyproject.toml",
        "Makefile",
        "scripts/set_up.sh",
        "scripts/packages.sh",
        "scripts/set_up_bench.sh",
        "tests/benchmarks/constraints.txt",
        ".ci/run",
    ],
)
def test_no_address_of_a_package_source_is_written_down(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.findall(r"https?://|git\+|--(?:extra-)?index-url|--find-links|--hash", text)


def test_the_readme_shows_two_commands_which_make_knows() -> None:
    shown = re.findall(r"^ *(?:\$ )?make ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert shown[:2] == ["demo", "test"]
    assert set(shown) <= targets()


def test_help_lists_every_target() -> None:
    assert {line.split()[1] for line in make().splitlines()} == targets()


@pytest.mark.parametrize(
    "target",
    ["demo", "test", "test-more", "test-faults", "test-disturbed", "test-components", "check", "lint", "format"],
)
def test_every_target_that_runs_something_does_its_own_set_up_first(target: str) -> None:
    assert make("-n", target).splitlines()[0] == "bash scripts/set_up.sh"


def test_ci_runs_the_same_tests_as_make_test_the_longer_ones_and_some_consoles_of_each_kind() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").replace("\\\n", "")
    check, more, consoles = re.findall(r"^(?:exec )?(make .*)$", script, re.MULTILINE)
    assert check == "make check"
    ((combinations, left_out),) = re.findall(r'^make test-more COMBINATIONS="([^"]+)" +ARGS="([^"]+)"$', more)
    chosen = [name.split("-") for name in combinations.split()]
    for each in zip(*chosen, ["people", "plain"], strict=True):
        assert len(each) == len(set(each)) == 3, "each edition and each dialect once, one of each by make test"
    ignored = [each.removeprefix("--ignore=") for each in left_out.split()]
    assert [Path(each).name for each in ignored if (ROOT / each).is_file()] == [
        "test_check.py",
        "test_record.py",
        "test_scim_fuzz.py",
        "test_scim_protocol.py",
    ], "what takes longest of the longer ones, and nothing else"
    assert re.search(r'^make test-components LIBRARIES="pages fragments plain-script" +ARGS="-k \'[^"]+\'"$', consoles)
    check, test = (
        [line for line in make("-n", target).splitlines() if "pytest" in line] for target in ("check", "test")
    )
    assert check == test != []


def test_the_tests_of_the_component_consoles_are_in_one_target_alone() -> None:
    tested = {target: make("-n", target) for target in ("test", "check", "test-components")}
    assert "--ignore=tests/components/flows" in tested["test"]
    assert "--ignore=tests/components/flows" in tested["check"]
    lines = tested["test-components"].splitlines()
    assert lines[1] == "bash scripts/build_components.sh"
    assert " tests/components " in lines[2]


@pytest.mark.parametrize(
    "name", ["scripts/set_up.sh", "scripts/build_components.sh", "scripts/set_up_bench.sh", ".ci/run"]
)
def test_scripts_are_executable_and_have_no_syntax_errors(name: str) -> None:
    subprocess.run(["bash", "-n", name], cwd=ROOT, check=True)
    assert (ROOT / name).stat().st_mode & 0o111


# --- the import rules ------------------------------------------------------------------------------------------------

HOUSE = {
    "connector/cli/__init__.py": "import connector.face, fixtures.mock",
    "connector/face.py": "import connector.batch",
    "connector/batch.py": "import connector.actions.invite",
    "connector/actions/__init__.py": "",
    "connector/actions/invite.py": "import connector.console, connector.guards",
    "connector/console.py": "import connector.sign_in",
    "connector/guards.py": "import connector.models",
    "connector/sign_in.py": "import page_objects.screen",
    "connector/settings.py": "import connector.errors",
    "connector/browser.py": "import connector.settings",
    "connector/errors.py": "import connector.models",
    "connector/models.py": "",
    "connector/__init__.py": "",
    "page_objects/__init__.py": "",
    "page_objects/screen.py": "import connector.models, connector.errors",
    "fixtures/__init__.py": "",
    "fixtures/mock.py": "",
}
VIOLATIONS = {
    "page_objects/screen.py": ("connector.settings", "Page objects know"),
    "page_objects/__init__.py": ("fixtures", "Page objects know"),
    "fixtures/mock.py": ("connector.models", "The mock console knows"),
    "fixtures/__init__.py": ("page_objects", "The mock console knows"),
    "connector/face.py": ("fixtures.mock", "Only the command line"),
    "connector/models.py": ("connector.console", "Imports run one way"),
    "connector/settings.py": ("connector.cli", "Imports run one way"),
    "connector/guards.py": ("connector.console", "Imports run one way"),
    "connector/sign_in.py": ("connector.actions.invite", "Imports run one way"),
}


def build_house(folder: Path) -> None:
    for name, content in HOUSE.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content + "\n", encoding="utf-8")
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())


def lint_imports(folder: Path) -> str:
    """The import linter's answer, without colours."""
    program = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as c; c()"
    answer = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=folder, check=False, capture_output=True, text=True
    )
    assert "Contracts:" in answer.stdout, answer.stdout + answer.stderr
    return re.sub(r"\x1b\[[0-9;]*m", "", answer.stdout)


def test_the_import_rules_allow_the_house_as_it_is_meant(tmp_path: Path) -> None:
    build_house(tmp_path)
    assert "Contracts: 4 kept, 0 broken." in lint_imports(tmp_path)


def test_the_import_rules_catch_each_import_that_they_forbid(tmp_path: Path) -> None:
    build_house(tmp_path)
    for name, (imported, _) in VIOLATIONS.items():
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write(f"import {imported}\n")
    answer = lint_imports(tmp_path)
    assert "Contracts: 0 kept, 4 broken." in answer
    _, *reports = re.split(r"^(?=\S[^\n]*\n-{10,})", answer.partition("Broken contracts")[2], flags=re.MULTILINE)
    for name, (imported, contract) in VIOLATIONS.items():
        importer = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        report = next(text for text in reports if text.startswith(contract))
        assert re.search(rf"{re.escape(importer)} ->\s+{re.escape(imported)} ", report), (importer, imported)
