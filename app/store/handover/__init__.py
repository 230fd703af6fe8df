"""Handing a session over as one sealed file, and taking reviews back, without a cloud."""
