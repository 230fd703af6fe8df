"""WHAT IS KEPT: the database and the folders of the sessions."""
