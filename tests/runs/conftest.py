"""Situations of the flows that guards meet here, too."""

from tests.flows.conftest import no_admin_itself as no_admin_itself
