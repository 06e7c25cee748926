"""The practice network: a small social network inside the house, with an audience, for trying and training.

It is reached over HTTP like any other (`/practice/api/v1`) and knows nothing of the rooms above.
`accounts` opens accounts and keeps their rate limit, `posts` keeps what is said, `audience` plans how people react
(pure, seeded), `react` writes that plan as rows that become visible with time, `figures` counts what is visible.
"""
