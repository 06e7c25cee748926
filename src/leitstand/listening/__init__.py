"""Listening: what is said about the company out there, found, judged and kept once.

The way of a mention: `fetch` brings bytes politely; `parse` turns them into items; `match` and `judge` say which
queries they meet and how they sound; `store` keeps them in one transaction and tells the rooms above. `add`
finds feeds on web pages; `collect` reads the replies and mentions of our own channels.
"""
