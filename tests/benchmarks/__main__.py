"""`python -m tests.benchmarks`: every job by every contender in turn, several times; raw results as JSON.

Contenders take turns on the same state of the same console, so that a machine that is slow for a while is slow for
all. What a contender says it did is compared with the console's books; one that did less is not measured.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks import report
from tests.benchmarks.console import JITTER_MS, LATENCY_MS, Console
from tests.benchmarks.jobs import TASKS, Contender, Task
from tests.benchmarks.meter import Measured, measured

ROOT = Path(__file__).parents[2]
PYTHON = str(ROOT / ".venv/bin/python")
COMMAND = str(ROOT / ".venv/bin/workramp")
_MOST_SECONDS = 900


def main() -> None:
    options = _options()
    results: dict[str, Any] = {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()},
        "console": {"latency_ms": LATENCY_MS, "jitter_ms": JITTER_MS},
        "tasks": json.loads(options.output.read_text(encoding="utf-8"))["tasks"] if options.add else {},
    }
    tasks = [task for task in TASKS if not options.only or task.name in options.only]
    for people in sorted({task.people for task in tasks}):
        with Console(PYTHON, people) as console:
            for task in (task for task in tasks if task.people == people):
                results["tasks"][task.name] = _results(task, console, options)
                options.output.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    if options.report:
        report.write(results, options.report)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("only", nargs="*", help="names of jobs; all of them else: " + ", ".join(t.name for t in TASKS))
    parser.add_argument("--repetitions", type=int, help="of every job; else as each of them says")
    parser.add_argument("--output", type=Path, default=Path("benchmarks.json"), help="the raw results")
    parser.add_argument("--add", action="store_true", help="keep what the output holds of other jobs")
    parser.add_argument("--report", type=Path, help="write a report with plots to this file")
    parser.add_argument("--bench-python", required=True, help="the Python that has Selenium and Robot Framework")
    parser.add_argument("--browser", required=True)
    parser.add_argument("--chromedriver", required=True)
    return parser.parse_args()


def _results(task: Task, console: Console, options: argparse.Namespace) -> dict[str, Any]:
    runs: dict[str, list[dict[str, Any]]] = {contender.name: [] for contender in task.contenders}
    for repetition in range(options.repetitions or task.repetitions):
        turn = repetition % len(task.contenders)
        for contender in [*task.contenders[turn:], *task.contenders[:turn]]:
            run = _run(task, contender, console, options)
            runs[contender.name].append(run)
            sys.stderr.write(f"{task.name:16} {contender.name:40} {run['seconds']:8.2f} s {run['peak_mb']:7.0f} MB\n")
    return {
        "title": task.title,
        "number": task.number,
        "people": task.people,
        "contenders": {
            contender.name: {
                "lanes": contender.lanes,
                "seconds": statistics.median(run["seconds"] for run in runs[contender.name]),
                "least": min(run["seconds"] for run in runs[contender.name]),
                "most": max(run["seconds"] for run in runs[contender.name]),
                "cpu": statistics.median(run["cpu"] for run in runs[contender.name]),
                "peak_mb": statistics.median(run["peak_mb"] for run in runs[contender.name]),
                "runs": runs[contender.name],
            }
            for contender in task.contenders
        },
    }


def _run(task: Task, contender: Contender, console: Console, options: argparse.Namespace) -> dict[str, Any]:
    console.reset()
    kind = task.work.removesuffix("-each")
    if kind in ("deactivate", "show", "find"):
        people = console.to_deactivate(task.number + task.warm)
    else:
        people = [f"new.person{number}@newcomers.example" for number in range(task.number + task.warm)]
    warm, addresses = people[: task.warm], people[task.warm :]
    with tempfile.TemporaryDirectory() as state:
        command, env = _command(task, contender, console, options, Path(state), warm, addresses)
        taken = measured(command, cwd=ROOT, env=env, seconds=_MOST_SECONDS)
    if kind in ("deactivate", "invite"):
        done = console.settled(kind, addresses)
        if done != len(addresses):
            raise SystemExit(f"{contender.name} did {done} of {len(addresses)} in {task.name}: {taken.output[-800:]}")
    if task.work == "import" and (done := console.settled("invite", addresses)) != len(addresses):
        raise SystemExit(f"{contender.name} imported {done} of {len(addresses)}: {taken.output[-800:]}")
    return _figures(task, contender, taken)


def _figures(task: Task, contender: Contender, taken: Measured) -> dict[str, Any]:
    seconds, told = taken.wall, {}
    if contender.module:
        told = json.loads(taken.output.splitlines()[-1])
        if not task.whole:
            seconds = statistics.median(told["seconds"])
    if task.work == "read" and told.get("people", task.people) != task.people:
        raise SystemExit(f"{contender.name} read {told['people']} of {task.people} people")
    return {"seconds": seconds, "wall": taken.wall, "cpu": taken.cpu, "peak_mb": taken.peak, "told": told}


def _command(
    task: Task,
    contender: Contender,
    console: Console,
    options: argparse.Namespace,
    state: Path,
    warm: list[str],
    addresses: list[str],
) -> tuple[list[str], dict[str, str]]:
    told = console.told
    env = {name: value for name, value in os.environ.items() if not name.startswith(("WORKRAMP_", "PYTHON"))}
    if contender.module:
        job = {
            "work": task.work,
            "url": told["url"],
            "email": told["email"],
            "password": told["password"],
            "browser": options.browser,
            "state": str(state),
            "addresses": addresses,
            "warm": warm,
            "lanes": contender.lanes,
            "evidence": contender.evidence,
            "people": task.people,
        }
        (state / "job.json").write_text(json.dumps(job), encoding="utf-8")
        python = options.bench_python if contender.bench_venv else PYTHON
        module = f"tests.benchmarks.contenders.{contender.module}"
        return [python, "-m", module, str(state / "job.json")], {**env, "BENCH_CHROMEDRIVER": options.chromedriver}
    env |= {
        "WORKRAMP_URL": told["url"],
        "WORKRAMP_EMAIL": told["email"],
        "WORKRAMP_PASSWORD": told["password"],
        "WORKRAMP_STATE_DIR": str(state / "state"),
        "WORKRAMP_STATE_KEY": "a passphrase of the benchmarks",
        "WORKRAMP_BROWSER": options.browser,
    }
    return [COMMAND, *_arguments(task, console, state, addresses)], env


def _arguments(task: Task, console: Console, state: Path, addresses: list[str]) -> list[str]:
    if task.work in ("show", "deactivate"):
        return ["people", task.work, addresses[0], *(["--yes"] if task.work == "deactivate" else [])]
    roster = state / "roster.csv"
    with roster.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["Email", "First name", "Last name"])
        if task.work == "import":
            lines.writerows([address, "New", "Person"] for address in addresses)
        else:
            everybody = console.everybody()
            lines.writerows([each["email"], each["first_name"], each["last_name"]] for each in everybody)
    return ["people", "import", str(roster), "--yes"] if task.work == "import" else ["plan", str(roster)]


if __name__ == "__main__":
    main()
