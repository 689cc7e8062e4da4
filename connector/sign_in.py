"""Signing in: e-mail address, password, one-time code, single sign-on. The policy is decision 0010.

Nothing is typed on an origin that the settings do not name, no password is tried twice, no one-time code used twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError

from connector.errors import ConsoleUnavailable, SignInFailed
from connector.one_time_codes import OneTimeCodes
from connector.settings import Settings
from page_objects.lane import Lane, is_navigation
from page_objects.sign_in_screen import Look, SignInScreen

BY_HAND = "or sign in by hand once with `workramp sign-in`, which saves the session"
_MOST_ADDRESSES = 2
_MOST_STEPS = 12
_TELLING = ("email", "password", "code", "sso")
_WRONG_PASSWORD = "check WORKRAMP_EMAIL and WORKRAMP_PASSWORD; a wrong password is not tried again"


async def sign_in(
    lane: Lane, settings: Settings, codes: OneTimeCodes | None = None, say: Callable[[str], None] = lambda text: None
) -> bool:
    """Signs the configured account in, from wherever the lane is; ends when the sign-in pages are gone.

    Args:
        codes: makes one-time codes; None where no secret is configured.
        say: hears one sentence where a person would wonder why nothing happens.

    Gives whether anything was answered: an address, a password, a code, or an identity provider that knows the browser.
    Without a password in the settings it goes as far as none is asked for: an identity provider may know the browser.

    Raises SettingsError without an e-mail address, SignInFailed where the console or the origin does not allow it.
    """
    signing_in = _SignIn(lane, settings, codes, say)
    await signing_in.carry_out()
    lane.note_new()
    return signing_in.answered


@dataclass
class _SignIn:
    lane: Lane
    settings: Settings
    codes: OneTimeCodes | None
    say: Callable[[str], None]
    _answered: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often what was answered, by kind and origin."""

    def __post_init__(self) -> None:
        if self.settings.password is not None or self.settings.email is None:
            self.settings.require_credentials()
        self.email = self.settings.email or ""
        self.screen = SignInScreen(self.lane, self._check)

    @property
    def answered(self) -> bool:
        """Whether the console was told who is there."""
        return any(kind in _TELLING for kind, _ in self._answered)

    async def carry_out(self) -> None:
        mark = self.lane.traffic.mark()
        for _ in range(_MOST_STEPS):
            now = await self.screen.settled(mark)
            if not now.asks and (now.over or (now.origin == self.settings.url and not now.frames)):
                if not now.over and (troubles := self.lane.traffic.troubles(mark)):
                    raise ConsoleUnavailable(
                        "the console did not answer while signing in",
                        screen=self.lane.where(self.screen.name),
                        seen=f"{', '.join(troubles)}; {now.described()}",
                        advice="try again later",
                    )
                return
            if len(self.lane.page.context.pages) > 1:
                raise self._helpless("the sign-in page opened another window, which is not followed", now)
            mark = self.lane.traffic.mark()
            try:
                await self._answer(now, mark)
            except PlaywrightError as error:
                if not is_navigation(error):
                    raise
                # The page went away under the hand: the next look decides.
        raise self._helpless("signing in does not come to an end", await self.screen.look())

    async def _answer(self, now: Look, mark: int) -> None:
        """One step: answers what the page asks for, and waits for what comes of it."""
        self._check(f"{now.origin}/")
        await self.screen.note()
        if now.decline:
            self.lane.step("sign in: not staying signed in")
            self._once("stay", now, "the same question comes again")
            await self._only(now.decline, "ways to say no", now)
            await self.screen.decline_to_stay()
            advice = BY_HAND
        elif now.sso and (now.origin == self.settings.url) and (self.settings.sso_origin or not _typed(now)):
            # With an identity provider configured the password is its: it is not shown to the console.
            self.lane.step("sign in: single sign-on")
            if now.email and not now.password and ("email", now.origin) not in self._answered:
                advice = await self._enter_email(now)
            else:
                self._once("sso", now, "single sign-on leads back to the sign-in page")
                await self.screen.choose_single_sign_on()
                advice = f"check that the account may use single sign-on, {BY_HAND}"
        elif now.password:
            advice = await self._enter_password(now)
        elif now.code:
            advice = await self._enter_code(now)
        elif now.email:
            advice = await self._enter_email(now)
        elif now.back:
            self.lane.step("sign in: from a dialog that says that the session is over")
            self._once("back", now, "the console says that the session is over, and does not lead to signing in")
            await self._only(now.back, "ways to sign in again", now)
            await self.screen.go_back_in()
            advice = BY_HAND
        else:
            raise self._helpless("the sign-in page asks for something that cannot be answered", now)
        _, refusal = await self.screen.after(now, mark)
        if refusal:
            raise SignInFailed(
                "the one-time code was not accepted"
                if now.code and not now.password
                else "the console did not let this account in",
                screen=self.lane.where(self.screen.name),
                seen=" ".join(refusal),
                advice=advice,
            )

    async def _enter_email(self, now: Look) -> str:
        self.lane.step("sign in: e-mail address")
        self._once("email", now, "the e-mail address is asked for again")
        await self._only(now.email, "e-mail fields", now)
        await self.screen.type_email(self.email)
        await self.screen.submit("email")
        return "check WORKRAMP_EMAIL"

    async def _enter_password(self, now: Look) -> str:
        self.lane.step("sign in: password")
        if now.password > 1:
            raise self._helpless("the sign-in page asks for a new password", now)
        if self.settings.password is None:
            # Until here it could be that an identity provider still knew the browser.
            raise SignInFailed(
                f"the saved session of {self.email} has ended, and WORKRAMP_PASSWORD is not set",
                screen=self.lane.where(self.screen.name),
                seen=now.described(),
                advice=f"set WORKRAMP_PASSWORD, {BY_HAND}",
            )
        self._once("password", now, "the password is asked for again", _WRONG_PASSWORD)
        if now.email == 1 and now.email_holds.casefold() != self.email.casefold():
            await self.screen.type_email(self.email)
        if now.code:
            await self._type_code(now)
        await self.screen.type_password(self.settings.password)
        await self.screen.submit("password")
        return _WRONG_PASSWORD

    async def _enter_code(self, now: Look) -> str:
        self.lane.step("sign in: one-time code")
        await self._type_code(now)
        await self.screen.submit_code(now)
        return (
            "check WORKRAMP_TOTP_SECRET, and that this machine's clock is right (a code is good for about 30 seconds); "
            "no second code is tried"
        )

    async def _type_code(self, now: Look) -> None:
        self._once("code", now, "the one-time code is asked for again")
        if now.code_sent:
            raise self._helpless("the account's one-time code is sent by message, which cannot be read", now)
        if self.codes is None:
            raise self._helpless(
                "the console asks for a one-time code, and WORKRAMP_TOTP_SECRET is not set",
                now,
                "set WORKRAMP_TOTP_SECRET to the secret behind the codes",
            )
        code = await self.codes.next(self.say)
        if now.code not in (1, len(code)):
            raise self._helpless("the one-time code asked for has another length", now)
        await self.screen.type_code(code, now.code)

    def _once(self, kind: str, now: Look, again: str, advice: str = BY_HAND) -> None:
        """Nothing is answered twice on one origin, a password nowhere twice; an e-mail address, no more than twice.

        A request that the page made before the session ended may be answered only now, with a new session in which
        nobody has said an address yet.
        """
        key = (kind, "" if kind in ("password", "code") else now.origin)
        if self._answered[key] >= (_MOST_ADDRESSES if kind == "email" else 1):
            raise SignInFailed(again, screen=self.lane.where(self.screen.name), seen=now.described(), advice=advice)
        self._answered[key] += 1

    async def _only(self, count: int, what: str, now: Look) -> None:
        if count != 1:
            raise self._helpless(f"the sign-in page has {count} {what}", now)

    def _helpless(self, problem: str, now: Look, advice: str = "") -> SignInFailed:
        return SignInFailed(
            problem,
            screen=self.lane.where(self.screen.name),
            expected="e-mail address, password, one-time code, single sign-on or a question whether to stay signed in",
            seen=now.described(),
            advice=f"{advice}, {BY_HAND}" if advice else BY_HAND.removeprefix("or "),
        )

    def _check(self, address: str) -> None:
        """No key is pressed off the configured origins."""
        if not self.settings.may_type_on(address):
            parts = urlsplit(address)
            raise SignInFailed(
                "signing in led to an address where credentials are not typed",
                screen="sign-in page",
                expected=", ".join([self.settings.url, *self.settings.sso_origin]),
                seen=f"{parts.scheme}://{parts.netloc}",
                advice=f"if this is your identity provider, name its origin in WORKRAMP_SSO_ORIGIN, {BY_HAND}",
            )


def _typed(now: Look) -> bool:
    return bool(now.email or now.password or now.code)
