"""Channels: our accounts on networks, their health, and the only place that makes connectors speak.

`connect` makes a channel from a guided form (`access` asks the network), `check` watches its health, `expiry` warns
before access ends, `reconnect` gives new access without losing anything, `pause` lets it rest, `disconnect` ends it.
`calls` speaks for the rooms above over kept `wires`; errors come back as values.
"""
