"""What the house stands on: the room on its disk, its backups, and what is wrong with them."""
