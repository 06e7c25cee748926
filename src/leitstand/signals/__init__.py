"""Text maths, pure Python: queries, language, tone. No Django, no database, no network."""
