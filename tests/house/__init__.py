"""Keeps the house in order: the stairs, sizes, names, documents, translations and what must not lie about."""
