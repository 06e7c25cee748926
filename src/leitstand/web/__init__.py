"""The top floor: what joins all rooms.

Steps: `first_run` (the first administrator) -> `wizard` (my company in five steps, or the demo) -> every day:
`board` (the job description come alive) and `today` (what needs me) -> `search` over all rooms; `health` for machines.
"""
