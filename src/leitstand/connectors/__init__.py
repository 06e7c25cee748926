"""Networks: one file per network, pure Python, no Django and no database.

`protocol` says what a connector is, `errors` how it can fail, `http` is the one door to the outside,
`text` measures, `registry` lists. Everything a network wants differently stays inside its file.
"""
