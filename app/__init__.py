"""Rapport: a desktop coach for people who serve others face to face."""
