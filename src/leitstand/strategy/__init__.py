"""Strategy: goals that are measured, reviewed, and pursued until they are met or given up in writing.

`set_goal` writes a goal down; `read` collects readings; `forecast` says where they lead (pure); `review` asks
people, again and again; `serve` keeps what the rooms above plan for a goal.
"""
