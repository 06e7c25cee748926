"""The REST API: thin doors on the rooms' own steps, with the same permissions and the same gate.

`tokens` makes and checks personal tokens; `doors/` has one file per subject; `/api/docs` describes it all (OpenAPI).
"""
