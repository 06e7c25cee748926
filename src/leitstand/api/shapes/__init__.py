"""What goes in and out: one shape per thing, one file per subject."""
