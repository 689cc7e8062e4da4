"""A console that is one page of plain JavaScript, without a framework: dialogs, drop-downs and tokens made by hand."""

from .site import Site

__all__ = ["Site"]
