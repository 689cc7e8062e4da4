"""The ways to WorkRamp behind one protocol, and the router that chooses among them (docs/tiers.md)."""
