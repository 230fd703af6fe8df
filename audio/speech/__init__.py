"""Words from sound: one protocol, one file an engine."""
