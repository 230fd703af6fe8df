"""Ears: blocks of sound in, readings out. Knows no pictures, no Qt and nothing of the app."""
