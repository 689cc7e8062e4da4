"""Provision people in WorkRamp through its admin console.

`from connector import Connector` gives the synchronous face for scripts and notebooks. It is imported on first use:
page objects and fixtures know only `connector.models` and `connector.errors`, and the command must start quickly.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from connector.face import Connector as Connector

__all__ = ["Connector"]


def __getattr__(name: str) -> Any:
    if name == "Connector":
        from connector.face import Connector

        return Connector
    raise AttributeError(f"module 'connector' has no attribute {name!r}")
