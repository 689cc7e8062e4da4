"""Interruptions: what lays itself over a console and is not part of it, known by words and closed by words.

A list to be allowed, not a guess: whatever is not on it and covers a control is drift. Closing is only by words that
change nothing but that the thing is gone; consent is refused and never given. The rest of the policy (decision 0010)
is in overlays.js: what speaks of an e-mail address, holds a form or offers one of the console's own actions is a dialog
of the console and never an interruption.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from page_objects import words

_CLOSE = (
    *("Close", "Dismiss", "Hide", "×", "✕", "✖", "X", "Close banner", "Close dialog", "Close modal", "Close popup"),
    *("Close pop-up", "Close message", "Close notification", "Close announcement", "Close survey", "Close tour"),
)
_LATER = (
    *("Not now", "No thanks", "No, thanks", "No thank you", "Maybe later", "Later", "Remind me later", "Ask me later"),
    *("Skip", "Skip for now", "Skip this", "Don't show again", "Don't show this again", "No"),
)
_UNDERSTOOD = ("Got it", "Got it!", "Okay, got it", "OK, got it", "I understand", "Understood", "OK", "Okay", "Done")


@dataclass(frozen=True)
class Interruption:
    """One kind: phrases in its title (or, `anywhere`, in its whole text), and words that close it, the best first."""

    name: str
    phrases: tuple[str, ...]
    closes: tuple[tuple[str, ...], ...]
    anywhere: bool = False
    typed: bool = False
    """Whether it may hold something to type in, as surveys and chats do; anything else with a form is the console's."""


INTERRUPTIONS = (
    Interruption(
        "cookie banner",
        ("cookie", "cookies", "your privacy", "privacy preferences"),
        (
            (
                *("Reject all", "Reject", "Reject all cookies", "Reject cookies", "Reject non-essential", "Decline"),
                *("Reject non-essential cookies", "Reject optional cookies", "Decline all", "Decline cookies"),
                *("Decline optional cookies", "Refuse", "Refuse all", "Deny", "Deny all", "Disagree", "I decline"),
            ),
            (
                *("Only necessary", "Necessary only", "Only necessary cookies", "Necessary cookies only"),
                *("Accept only necessary", "Accept necessary only", "Accept necessary", "Accept necessary cookies"),
                *("Use necessary cookies only", "Only essential", "Essential only", "Essential cookies only"),
                *("Only essential cookies", "Accept essential only", "Allow essential only", "Strictly necessary only"),
                *("Only required", "Required only", "Accept only essential cookies", "Allow necessary cookies only"),
                "Continue without accepting",
            ),
            _CLOSE,
        ),
        anywhere=True,
    ),
    Interruption(
        "news",
        (
            *(
                "what's new",
                "what’s new",
                "whats new",
                "what is new",
                "what's changed",
                "what’s changed",
                "what has changed",
                "latest updates",
                "is now called",
                "new feature",
                "new features",
                "new in",
                "new:",
                "now available",
            ),
            *("release notes", "product update", "product updates", "introducing", "announcing", "announcement"),
            *(
                "we've updated",
                "we’ve updated",
                "webinar",
                "coming soon",
                "just released",
                "try our new",
                "meet the new",
            ),
            *("new look", "mobile app", "upgrade now", "upgrade your plan"),
        ),
        (_CLOSE, _LATER, _UNDERSTOOD),
    ),
    Interruption(
        "product tour",
        (
            *("tour", "show you around", "walkthrough", "walk you through", "getting started", "get started with"),
            *("welcome to", "welcome aboard", "welcome back", "quick tip", "did you know", "pro tip", "step 1 of"),
        ),
        (
            ("Skip tour", "Skip the tour", "End tour", "Exit tour", "Exit", "Close tour", "Skip all", "Quit tour"),
            _CLOSE,
            _LATER,
            ("Got it", "Got it!", "Okay, got it", "OK, got it"),
        ),
    ),
    Interruption(
        "survey",
        (
            *("how likely", "recommend us", "recommend workramp", "survey", "feedback", "how satisfied", "rate your"),
            *(
                "how would you rate",
                "how easy",
                "how do you like",
                "how are we doing",
                "how was your",
                "quick question",
            ),
            *("tell us what you think", "help us improve", "your opinion", "enjoying"),
        ),
        (_CLOSE, _LATER),
    ),
    Interruption(
        "chat",
        (
            *("chat", "chat with us", "how can we help", "can we help", "need help", "hi there", "hello there"),
            *("ask us anything", "questions?", "message us", "support agent", "we're here to help"),
        ),
        (("Close chat", "Minimize", "Minimise", "Minimize chat", "Hide chat", "End chat"), _CLOSE, _LATER),
        typed=True,
    ),
    Interruption(
        "offer of notifications",
        ("enable notifications", "desktop notifications", "browser notifications", "turn on notifications"),
        (_LATER, ("Block", "Don't allow", "No"), _CLOSE),
    ),
)

OWN_ACTIONS = (
    words.DEACTIVATE,
    words.REACTIVATE,
    words.RESEND,
    words.INVITE,
    words.IMPORT,
    words.SAVE,
    words.EDIT,
    words.LOG_IN,
    words.SINGLE_SIGN_ON,
)
"""Where one of these is offered, the console itself speaks."""


def known() -> dict[str, Any]:
    """The list as overlays.js takes it."""
    return {
        "kinds": [asdict(kind) for kind in INTERRUPTIONS],
        "own": [
            alias
            for word in OWN_ACTIONS
            for alias in word.aliases
            if alias not in ("Continue", "Next", "Submit", "SSO")
        ],
    }
