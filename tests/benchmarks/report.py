"""The report: what was to be reached beside what was, a table and a plot for each kind of job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot

mpl.use("svg")
mpl.rcParams["svg.hashsalt"] = "benchmarks"

_LIMITS = "<!-- what limits it -->"
"""What stands below this line in the report was written by a person and is kept."""

Seconds = Callable[[str, str], float]


def write(results: dict[str, Any], path: Path) -> None:
    """Writes the report as Markdown, with its plots beside it in images/."""
    kept = path.read_text(encoding="utf-8").partition(_LIMITS)[2] if path.exists() else "\n"
    images = path.parent / "images"
    tasks = results["tasks"]
    parts = [_head(results), _goals(tasks)]
    for name, task in tasks.items():
        parts.append(f"## {task['title']}\n\n{_table(task)}")
        if _is_plotted(name):
            _plot(task, images / f"bench-{name}.svg")
            parts.append(f"![{task['title']}, in seconds](images/bench-{name}.svg)\n")
    if all(f"read-{n}" in tasks for n in (100, 2000, 10000)):
        _lines(tasks, images / "bench-reading.svg")
        parts.append("## Reading, by how many there are\n\n![Seconds by people](images/bench-reading.svg)\n")
    path.write_text("\n".join(parts) + f"\n{_LIMITS}{kept}", encoding="utf-8")


def _is_plotted(name: str) -> bool:
    return name in ("warm-deactivate", "deactivate-50", "invite-50", "read-2000")


def _head(results: dict[str, Any]) -> str:
    console, machine = results["console"], results["machine"]
    return f"""# Benchmarks

How fast the connector is beside what a person would write otherwise. `make bench` makes this page: it starts the mock
console in a process of its own ({console["latency_ms"]} ms of latency before every response, {console["jitter_ms"]} ms
of jitter, seeded people), lets every contender do every job in turn, and compares the console's books with what was to
be done. Made on {results["made"][:10]}, {machine["cores"]} cores, {machine["system"]}, Python {machine["python"]}.

Machines are noisy and differ: read the ratios. Scripts do the same clicks and read nothing back; the connector finds
exactly one person, asks its guards, keeps its intent, clicks, and reads the effect back from a fresh page. The floor is
the requests that these clicks cause, and the one that tells that it worked, sent without a browser. Memory is the
proportional set size of the whole process tree at most, processor time that of the tree. Raw results:
[benchmarks.json](benchmarks.json).
"""


def _goals(tasks: dict[str, Any]) -> str:
    def seconds(task: str, contender: str) -> float:
        return float(tasks[task]["contenders"][contender]["seconds"])

    def memory(contender: str) -> float:
        return float(tasks["deactivate-50"]["contenders"][contender]["peak_mb"])

    rows = []
    for what, goal, figure, needs in _GOALS:
        if all(name in tasks for name in needs):
            value, text = figure(seconds, memory)
            rows.append(f"| {what} | {goal} | {text} | {'yes' if value else '**no**'} |")
    return (
        "## What is to be reached\n\n| | at most / at least | now | reached |\n|---|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


_HAND = "Playwright by hand"
_ONE, _FOUR, _EIGHT = "connector, 1 lane", "connector, 4 lanes", "connector, 8 lanes"
_FLOOR4 = "floor: requests alone, 4 at once"
_COMMAND = "connector (command)"
Memory = Callable[[str], float]
Figure = Callable[[Seconds, Memory], tuple[bool, str]]


def _at_most(task: str, who: str, beside: str, goal: float) -> Figure:
    def figure(seconds: Seconds, memory: Memory) -> tuple[bool, str]:
        ratio = seconds(task, who) / seconds(task, beside)
        return ratio <= goal, f"{ratio:.2f} x"

    return figure


def _faster(task: str, goal: float) -> Figure:
    def figure(seconds: Seconds, memory: Memory) -> tuple[bool, str]:
        ratio = seconds(task, _HAND) / seconds(task, _FOUR)
        return ratio >= goal, f"{ratio:.2f} x"

    return figure


def _linear(seconds: Seconds, memory: Memory) -> tuple[bool, str]:
    small, large = seconds("read-2000", _ONE) / 80, seconds("read-10000", _ONE) / 400
    return large <= 1.3 * small, f"{small * 1000:.0f} ms a page of 2,000 people, {large * 1000:.0f} ms of 10,000"


def _import(seconds: Seconds, memory: Memory) -> tuple[bool, str]:
    form = seconds("warm-invite", _ONE) * 1000
    by_hand = seconds("warm-invite", _HAND) * 1000
    took = seconds("import-1000", _COMMAND)
    return (
        form / took >= 30,
        f"{form / took:.0f} x the connector's form in one lane, {by_hand / took:.0f} x the script's",
    )


def _cold(seconds: Seconds, memory: Memory) -> tuple[bool, str]:
    more = seconds("cold-show", _COMMAND) - seconds("cold-show", _HAND)
    return more <= 0.7, f"{more:+.2f} s"


def _finding(seconds: Seconds, memory: Memory) -> tuple[bool, str]:
    small, large = seconds("find-100", _ONE), seconds("find-10000", _ONE)
    return large <= 1.2 * small, f"{small:.2f} s of 100, {large:.2f} s of 10,000"


def _evidence(task: str, who: str, kind: str, goal: float) -> Figure:
    def figure(seconds: Seconds, memory: Memory) -> tuple[bool, str]:
        more = seconds(task, f"{who}, evidence {kind}") / seconds(task, f"{who}, evidence off") - 1
        return more <= goal, f"{more:+.0%}"

    return figure


def _one_lane(seconds: Seconds, memory: Memory) -> tuple[bool, str]:
    return memory(_ONE) <= 450, f"{memory(_ONE):.0f} MB"


def _further(seconds: Seconds, memory: Memory) -> tuple[bool, str]:
    each = (memory(_EIGHT) - memory(_ONE)) / 7
    return each <= 120, f"{each:.0f} MB"


_GOALS: tuple[tuple[str, str, Figure, tuple[str, ...]], ...] = (
    ("one warm deactivation, read back, beside the script's clicks", "1.25 x",
     _at_most("warm-deactivate", _ONE, _HAND, 1.25), ("warm-deactivate",)),
    ("50 deactivations in 4 lanes, faster than the script", "3 x", _faster("deactivate-50", 3), ("deactivate-50",)),
    ("50 invitations in 4 lanes, faster than the script", "3 x", _faster("invite-50", 3), ("invite-50",)),
    ("50 deactivations in 4 lanes, beside the floor at the same concurrency", "1.5 x",
     _at_most("deactivate-50", _FOUR, _FLOOR4, 1.5), ("deactivate-50",)),
    ("50 invitations in 4 lanes, beside the floor at the same concurrency", "1.5 x",
     _at_most("invite-50", _FOUR, _FLOOR4, 1.5), ("invite-50",)),
    ("reading 2,000 people, beside the page loads it needs", "1.3 x",
     _at_most("read-2000", _ONE, "page loads alone", 1.3), ("read-2000",)),
    ("reading is linear", "the same a page", _linear, ("read-2000", "read-10000")),
    ("finding one does not depend on how many there are", "the same", _finding, ("find-100", "find-10000")),
    ("1,000 new people, faster than by the form", "30 x", _import, ("import-1000", "warm-invite")),
    ("cold `people show`, more than the script", "0.7 s", _cold, ("cold-show",)),
    ("evidence `failures`, more than `off`, one warm deactivation", "5 %",
     _evidence("evidence-one", _ONE, "failures", 0.05), ("evidence-one",)),
    ("evidence `all`, more than `off`, one warm deactivation", "25 %",
     _evidence("evidence-one", _ONE, "all", 0.25), ("evidence-one",)),
    ("evidence `failures`, more than `off`, 50 deactivations in 4 lanes", "5 %",
     _evidence("evidence", _FOUR, "failures", 0.05), ("evidence",)),
    ("evidence `all`, more than `off`, 50 deactivations in 4 lanes", "25 %",
     _evidence("evidence", _FOUR, "all", 0.25), ("evidence",)),
    ("memory of one lane", "450 MB", _one_lane, ("deactivate-50",)),
    ("memory of each further lane", "120 MB", _further, ("deactivate-50",)),
)  # fmt: skip


def _table(task: dict[str, Any]) -> str:
    rows = [
        f"| {name} | {each['seconds']:.2f} | {each['least']:.2f} to {each['most']:.2f} | {each['cpu']:.1f} | "
        f"{each['peak_mb']:.0f} |"
        for name, each in task["contenders"].items()
    ]
    repetitions = max(len(each["runs"]) for each in task["contenders"].values())
    measured = f"Median of {repetitions}" if repetitions > 1 else "Once"
    head = f"| {measured}; {task['people']:,} people | seconds | least to most | processor seconds | MB at most |"
    return "\n".join([head, "|---|---|---|---|---|", *rows, ""])


def _plot(task: dict[str, Any], path: Path) -> None:
    names = list(task["contenders"])
    values = [task["contenders"][name]["seconds"] for name in names]
    colours = [
        "#2f6f4f" if n.startswith("connector") else "#b8b8b8" if n.startswith("floor") else "#c98a2b" for n in names
    ]
    figure, axes = pyplot.subplots(figsize=(7.5, 0.42 * len(names) + 0.7))
    bars = axes.barh(names, values, color=colours)
    axes.bar_label(bars, fmt="%.2f s", padding=3, fontsize=8)
    axes.invert_yaxis()
    axes.margins(x=0.15)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel("seconds")
    _save(figure, path)


def _lines(tasks: dict[str, Any], path: Path) -> None:
    numbers = [100, 2000, 10000]
    figure, axes = pyplot.subplots(figsize=(7.5, 3.6))
    for name, colour in ((_ONE, "#2f6f4f"), (_HAND, "#c98a2b"), ("page loads alone", "#8a8a8a")):
        taken = [tasks[f"read-{number}"]["contenders"][name]["seconds"] for number in numbers]
        axes.plot(numbers, taken, marker="o", label=name, color=colour)
    axes.set_xlabel("people")
    axes.set_ylabel("seconds")
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
