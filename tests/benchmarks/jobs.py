"""What is measured: jobs, who does them, and how many people there are to read."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Contender:
    """Who does a job. `module` is in tests/benchmarks/contenders, or '' for the installed command `workramp`."""

    name: str
    module: str
    lanes: int = 1
    evidence: str = "failures"
    bench_venv: bool = False
    """Whether it needs libraries that the project itself does not."""


@dataclass(frozen=True)
class Task:
    """One job. `work` is what contenders know it by; `number` is how many people it is about, `warm` how many first."""

    name: str
    title: str
    work: str
    contenders: tuple[Contender, ...]
    number: int = 1
    warm: int = 0
    people: int = 2000
    repetitions: int = 3
    whole: bool = False
    """Whether the whole process is timed, from its start to its end, and not what it does once it is signed in."""


def connector(lanes: int = 1, evidence: str = "failures") -> Contender:
    lanes_said = f"{lanes} lane{'s' if lanes > 1 else ''}"
    return Contender(f"connector, {lanes_said}", "connector", lanes, evidence)


def by_evidence(lanes: int) -> tuple[Contender, ...]:
    each = (connector(lanes, evidence) for evidence in ("off", "failures", "all"))
    return tuple(replace(contender, name=f"{contender.name}, evidence {contender.evidence}") for contender in each)


COMMAND = Contender("connector (command)", "")
HANDWRITTEN = Contender("Playwright by hand", "handwritten")
TABS = Contender("Playwright by hand, 4 tabs", "handwritten_tabs", 4)
SELENIUM = Contender("Selenium by hand", "selenium_script", bench_venv=True)
ROBOT = Contender("Robot Framework Browser", "robot_script", bench_venv=True)


def floor(lanes: int = 1) -> Contender:
    return Contender(f"floor: requests alone, {lanes} at once", "floor", lanes)


SCRIPTS = (HANDWRITTEN, SELENIUM, ROBOT)
LANES = (connector(1), connector(4), connector(8))
MANY = (*LANES, *SCRIPTS, floor(1), floor(4))

TASKS: tuple[Task, ...] = (
    Task(
        "cold-show",
        "Cold start to the first result: one person shown, sign-in included",
        "show",
        (COMMAND, *SCRIPTS),
        whole=True,
    ),
    Task(
        "cold-deactivate",
        "One deactivation, cold, sign-in included",
        "deactivate",
        (COMMAND, *SCRIPTS),
        whole=True,
    ),
    Task(
        "warm-deactivate",
        "One deactivation, warm",
        "deactivate-each",
        (connector(), *SCRIPTS, floor()),
        number=8,
        warm=1,
    ),
    Task("warm-invite", "One invitation, warm", "invite-each", (connector(), *SCRIPTS, floor()), number=8, warm=1),
    Task("deactivate-50", "50 deactivations", "deactivate", (*MANY, TABS), number=50, warm=1),
    Task("invite-50", "50 invitations", "invite", MANY, number=50, warm=1),
    Task("import-1000", "1,000 new people from a CSV file", "import", (COMMAND,), 1000, repetitions=2, whole=True),
    *(
        Task(
            f"read-{people}",
            f"Reading the directory of {people:,} people",
            "read",
            (connector(), HANDWRITTEN, Contender("page loads alone", "page_loads"), floor()),
            people=people,
            repetitions=1 if people > 2_000 else 3,
        )
        for people in (100, 2_000, 10_000)
    ),
    *(
        Task(f"find-{people}", f"One person among {people:,}", "find-each", (connector(),), number=8, people=people)
        for people in (100, 10_000)
    ),
    Task("plan-2000", "A plan over 2,000 people", "plan", (COMMAND,), 2000, repetitions=2, whole=True),
    Task(
        "evidence-one",
        "One deactivation, warm, by evidence kept",
        "deactivate-each",
        by_evidence(1),
        number=8,
        warm=1,
    ),
    Task(
        "evidence",
        "50 deactivations in 4 lanes, by evidence kept",
        "deactivate",
        by_evidence(4),
        number=50,
        warm=1,
    ),
)
