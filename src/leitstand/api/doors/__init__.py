"""One file per subject. Their annotations are real ones, not texts: that is how ninja reads what a door takes."""
