"""A console of full pages as Rails or Django teams build them: forms, redirects and reports, and a little script."""

from .site import Site

__all__ = ["Site"]
