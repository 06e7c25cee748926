"""People: how they get in and leave, what they may do, what they answer for, help when they are locked out."""
