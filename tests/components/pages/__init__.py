"""A console whose every step is a page that the server wrote: forms, links and redirects, and no script."""

from .site import Site

__all__ = ["Site"]
