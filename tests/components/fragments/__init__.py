"""A console of the settings edition whose pages a script enhances by fragments that the server sends."""

from .site import Site

__all__ = ["Site"]
