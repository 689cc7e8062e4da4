"""The same with Robot Framework Browser (console.resource), run as Robot Framework runs a suite."""

from __future__ import annotations

from pathlib import Path

from robot.api import ExecutionResult
from robot.running import TestSuite

from tests.benchmarks.contenders.common import Job, Took, carry_out


def robot(job: Job, took: Took) -> None:
    suite = TestSuite("benchmark")
    suite.resource.imports.resource(str(Path(__file__).with_name("console.resource")))
    test = suite.tests.create("job")
    keyword = "Search" if job.work == "show" else "Invite" if job.work.startswith("invite") else "Deactivate"
    test.body.create_keyword("Sign In", args=[job.browser, job.url, job.email, job.password])
    for email in [*job.warm, *job.addresses]:
        test.body.create_keyword(keyword, args=[email])
    output = Path(job.state) / "output.xml"
    suite.run(output=output, outputdir=job.state, log=None, report=None, console="none")
    outcome = ExecutionResult(output).suite.tests[0]
    steps = [step for step in outcome.body if step.type == "KEYWORD"]
    if not outcome.passed:
        raise SystemExit(f"{outcome.message} in {[step.name for step in steps if not step.passed]}")
    each = [step.elapsed_time.total_seconds() for step in steps][1 + len(job.warm) :]
    took.seconds = each if job.work.endswith("-each") else [sum(each)]


if __name__ == "__main__":
    carry_out(robot)
