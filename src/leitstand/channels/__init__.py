"""Channels: our accounts on networks, their health, and the only place that makes connectors speak.

`connect` makes a channel from a guided form, `check` watches its health, `reconnect` gives it new access without
losing anything, `disconnect` ends it. `calls` speaks for the rooms above; errors come back as values.
"""
