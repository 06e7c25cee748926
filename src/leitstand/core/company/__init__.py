"""The company: its profile and who changed it, where and how it works, its holidays and service hours."""
