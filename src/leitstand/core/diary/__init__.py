"""The diary of events: sealed as a chain whose end is marked outside of the database, and told in plain words."""
