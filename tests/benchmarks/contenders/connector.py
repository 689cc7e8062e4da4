"""The connector, by its Python face, with durable runs as its command makes them."""

from __future__ import annotations

import uuid
from pathlib import Path

from connector import Connector
from connector.models import Deactivate, Guard, Invite, Operation, Role
from connector.settings import load_settings
from tests.benchmarks.contenders.common import Job, Took, carry_out


def operation(work: str, email: str) -> Operation:
    if work == "invite":
        return Invite(email=email, first_name="New", last_name="Person", role=Role.LEARNER)
    return Deactivate(email=email)


def connector(job: Job, took: Took) -> None:
    settings = load_settings(
        url=job.url,
        email=job.email,
        password=job.password,
        state_dir=Path(job.state),
        state_key="a passphrase of the benchmarks",
        browser=job.browser,
        lanes=job.lanes,
        evidence=job.evidence,
    )
    with Connector(settings) as console:
        for email in job.warm:
            console.run([operation(job.work, email)], run_id=str(uuid.uuid4()))
        if job.work == "read":
            console.person(job.email)
            with took.timed():
                took.more["people"] = len(console.people())
        elif job.work == "find-each":
            for email in [job.email, *job.addresses]:
                with took.timed():
                    console.person(email)
            took.seconds = took.seconds[1:]  # the first one signs in
        elif job.work.endswith("-each"):
            for email in job.addresses:
                with took.timed():
                    console.run([operation(job.work.removesuffix("-each"), email)], run_id=str(uuid.uuid4()))
        else:
            with took.timed():
                operations = [operation(job.work, email) for email in job.addresses]
                console.run(operations, overrides=[Guard.MASS_CHANGE], run_id=str(uuid.uuid4()))


if __name__ == "__main__":
    carry_out(connector)
