"""Pages of publishing, one subject a file."""
