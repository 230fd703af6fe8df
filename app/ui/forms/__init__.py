"""Forms for content files: what the schema holds, changed without its text being seen."""
