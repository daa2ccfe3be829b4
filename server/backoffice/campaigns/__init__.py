"""The campaign studio: from a template to live in five steps."""
