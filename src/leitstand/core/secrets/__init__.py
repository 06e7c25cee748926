"""What nobody may read: sealed credentials, the files of their keys, links and passes that never stand in a log."""
