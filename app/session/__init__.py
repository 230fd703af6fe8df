"""How a session runs: the only package of the app that starts threads and processes."""
