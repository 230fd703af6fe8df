"""The face: the only place that knows Qt."""
