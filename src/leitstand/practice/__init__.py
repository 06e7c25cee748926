"""The practice network: a small social network inside the house, with an audience, for trying and training.

It is reached over HTTP like any other (`connectors/practice.py`) and knows nothing of the rooms above.
`audience` plans how people react (pure, seeded), `timeline` keeps posts and makes the plan rows that become
visible with time, `api` is the door for software, `pages` the one for people.
"""
