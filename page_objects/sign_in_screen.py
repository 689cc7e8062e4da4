"""The sign-in page: e-mail first and then the password, or both on one page."""

from __future__ import annotations

from enum import StrEnum

from playwright.async_api import Error as PlaywrightError
from pydantic import SecretStr

from connector.errors import ConsoleDrift, SignInFailed
from page_objects import words
from page_objects.controls import engine
from page_objects.controls.base import Action, Declared, Screen
from page_objects.controls.fields import SecretField, TextField
from page_objects.lane import Deadline, is_navigation


class Step(StrEnum):
    """What the sign-in page asks for now."""

    EMAIL = "email"
    PASSWORD = "password"
    BOTH = "both"
    GONE = "gone"


class SignInScreen(Screen):
    """Where the console asks who is there. Nothing is typed here but on an origin that the caller has checked."""

    name = "sign-in page"
    email = Declared(TextField, words.SIGN_IN_EMAIL)
    password = Declared(SecretField, words.PASSWORD, required=False)
    go_on = Declared(Action, words.CONTINUE, required=False)
    log_in = Declared(Action, words.LOG_IN, required=False)

    async def step(self) -> Step:
        """What is asked for now, by what is rendered, in one look."""
        try:
            return Step(await engine.evaluate(self.lane.page, "signInState", self.lane.sign_in_words()))
        except PlaywrightError as error:
            if not is_navigation(error):
                raise
            return await self.step()

    async def enter_email(self, email: str) -> None:
        """Types the address and goes on."""
        await self.email.fill(email)
        await self._submit()

    async def enter_password(self, email: str, password: SecretStr, *, both: bool) -> None:
        """Types the password (and the address, on a one-page form) and logs in."""
        if both:
            await self.email.fill(email)
        await self.password.fill(password.get_secret_value())
        await self._submit()

    async def _submit(self) -> None:
        await self.lane.click(
            await self.lane.one(
                self.lane.find("submit", words.LOG_IN, words.CONTINUE),
                what="the button to go on",
                screen=self.name,
                expected=" / ".join([*words.CONTINUE.aliases[:2], *words.LOG_IN.aliases[:3]]),
            ),
            what="the button to go on",
            screen=self.name,
        )

    async def after(self, step: Step) -> Step:
        """Waits until the page asks for something else, or is gone. Raises SignInFailed in the console's words."""
        deadline = Deadline(self.lane.timeout)
        mark = self.lane.traffic.mark()
        while (now := await self.step()) == step or (step is Step.BOTH and now is Step.PASSWORD):
            said = await self.said()
            if said and self.lane.traffic.idle(mark):
                raise SignInFailed(
                    "the console did not let this account in",
                    screen=self.lane.where(self.name),
                    seen=" ".join(said),
                    advice="check WORKRAMP_EMAIL and WORKRAMP_PASSWORD; a wrong password is not tried again",
                )
            if deadline.passed:
                raise ConsoleDrift(
                    "the sign-in page stays as it is after the button was clicked",
                    screen=self.lane.where(self.name),
                    expected="the next step or the console",
                    seen=f"still asking for {step.value}",
                )
            await deadline.pause()
        # The form may be gone before the console has said who is there: going on then would go on as nobody.
        while self.lane.traffic.pending_change(self.lane.last_click) and not deadline.passed:
            await deadline.pause()
        return await self.step() if now is Step.GONE else now

    async def said(self) -> list[str]:
        """What the page says in alerts and beside its fields."""
        found: list[str] = await engine.evaluate(self.lane.page, "messages")
        return found
