"""Eyes: pictures in, readings out. Knows no sound, no Qt and nothing of the app."""
