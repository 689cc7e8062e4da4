"""One-time codes from WORKRAMP_TOTP_SECRET (RFC 6238): each typed once, and none that is about to expire."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from pydantic import SecretStr

from connector.errors import SettingsError

_clock = time.time
_sleep = asyncio.sleep

FRESH_SECONDS = 5
"""A code that is good for less than this is not typed: it could expire on its way."""


class OneTimeCodes:
    """Makes codes. `used` is the number of the last time step whose code was given out; 0 for none.

    Args:
        secret: base32 with or without blanks, or the whole `otpauth://totp/...` address behind the QR code.
        used: as above.
        made: hears of each code before it is given out, so that it can be kept out of what is told.

    Raises SettingsError where the secret is neither; nothing of it is repeated.
    """

    def __init__(self, secret: SecretStr, used: int = 0, made: Callable[[SecretStr], None] = lambda code: None) -> None:
        import pyotp

        text = secret.get_secret_value().strip()
        try:
            otp = pyotp.parse_uri(text) if text.startswith("otpauth:") else pyotp.TOTP(_base32(text))
            if not isinstance(otp, pyotp.TOTP):
                raise ValueError("counts instead of going by the clock")
            otp.at(0)
        except ValueError:  # not chained: the text of the error may hold the secret
            otp = None
        if otp is None:
            raise SettingsError(
                "WORKRAMP_TOTP_SECRET cannot be used: no one-time code can be made from it.",
                expected="the secret in base32 (letters A to Z and digits 2 to 7), or an otpauth://totp/ address",
                advice="take it from where the second factor was set up ('cannot scan the code?')",
            )
        self._otp = otp
        self.used = used
        self._made = made

    async def next(self, tell: Callable[[str], None]) -> SecretStr:
        """The code of now; where that was used or ends within seconds, waits for the next one. `tell` hears of that."""
        step, left = self._now()
        while step <= self.used or left < FRESH_SECONDS:
            if step + 1 < self.used:  # the clock was set back: what was noted means nothing any more
                self.used = 0
                continue
            reason = "was used already" if step <= self.used else "is about to expire"
            tell(f"the one-time code of now {reason}: waiting {left:.0f} s for the next one")
            await _sleep(left + 0.05)
            step, left = self._now()
        self.used = step
        code = SecretStr(self._otp.generate_otp(step))
        self._made(code)
        return code

    def _now(self) -> tuple[int, float]:
        """The number of the present time step, and its seconds left."""
        interval = self._otp.interval
        now = _clock()
        return int(now // interval), interval - now % interval


def _base32(text: str) -> str:
    return "".join(text.split()).replace("-", "").upper().rstrip("=")
