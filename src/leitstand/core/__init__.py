"""The ground floor: people and roles, company, diary of events, jobs, notifications, page shell.

Every room stands on it; it knows none of them. Rooms register what they hand in
(`duties`, `search`, `events.reaction`, `jobs.job`) when their modules are imported by `apps.RoomConfig`.
"""
