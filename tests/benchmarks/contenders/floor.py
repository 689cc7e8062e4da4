"""The requests that the clicks cause in this console, sent without a browser, by as many clients as there are lanes.

One deactivation is four: the list searched, the question, the answer to it, and the list searched again, which is what
the console does after it and what tells that it is so. One invitation is four too: the list searched, the form, the
form sent, the list searched again.
"""

from __future__ import annotations

import asyncio
import re

import httpx

from tests.benchmarks.contenders.common import Job, Took, carry_out

CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
PERSON = re.compile(r'href="(/admin/users/\d+)"')
NEXT = re.compile(r'href="([^"]+)"[^>]*>\s*Next')


async def sign_in(client: httpx.AsyncClient, job: Job) -> None:
    page = await client.get("/admin/users")
    for path, name, value in (("/login", "email", job.email), ("/login/password", "password", job.password)):
        page = await client.post(path, data={"csrf_token": found(CSRF, page.text), name: value})


def found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    if match is None:
        raise SystemExit(f"nothing like {pattern.pattern} in {text[:400]}")
    return match.group(1).replace("&amp;", "&")


async def searched(client: httpx.AsyncClient, email: str) -> str:
    answer = await client.get("/admin/users", params={"search": email, "status": "", "last_login": ""})
    return answer.raise_for_status().text


async def deactivate(client: httpx.AsyncClient, email: str) -> None:
    action = found(PERSON, await searched(client, email)) + "/deactivate"
    question = await client.get(action, headers={"x-requested-with": "fetch"})
    sent = await client.post(
        action, data={"csrf_token": found(CSRF, question.text)}, headers={"x-requested-with": "fetch"}
    )
    sent.raise_for_status()
    if "Inactive" not in await searched(client, email):
        raise SystemExit(f"{email} is still active")


async def invite(client: httpx.AsyncClient, email: str) -> None:
    await searched(client, email)
    form = await client.get("/admin/users/invite", headers={"x-requested-with": "fetch"})
    fields = {"email": email, "first_name": "New", "last_name": "Person", "role": "learner", "managers": ""}
    sent = await client.post(
        "/admin/users/invite",
        data={"csrf_token": found(CSRF, form.text), **fields},
        headers={"x-requested-with": "fetch"},
    )
    sent.raise_for_status()
    if email not in await searched(client, email):
        raise SystemExit(f"{email} is not here")


async def read(client: httpx.AsyncClient) -> int:
    """Every page of the list in turn; how many people they show."""
    path, people = "/admin/users", 0
    while True:
        page = (await client.get(path)).raise_for_status().text
        people += len(set(PERSON.findall(page)))
        following = NEXT.search(page)
        if following is None:
            return people
        path = following.group(1).replace("&amp;", "&")


async def work(job: Job, took: Took) -> None:
    clients = [httpx.AsyncClient(base_url=job.url, follow_redirects=True, timeout=30) for _ in range(job.lanes)]
    for client in clients:
        await sign_in(client, job)
    act = invite if job.work.startswith("invite") else deactivate
    left = list(reversed(job.addresses))

    async def lane(client: httpx.AsyncClient) -> None:
        while left:
            await act(client, left.pop())

    if job.work == "read":
        with took.timed():
            took.more["people"] = await read(clients[0])
    elif job.work == "show":
        with took.timed():
            await searched(clients[0], job.addresses[0])
    elif job.work.endswith("-each"):
        for email in job.addresses:
            with took.timed():
                await act(clients[0], email)
    else:
        with took.timed():
            await asyncio.gather(*map(lane, clients))
    for client in clients:
        await client.aclose()


def floor(job: Job, took: Took) -> None:
    asyncio.run(work(job, took))


if __name__ == "__main__":
    carry_out(floor)
