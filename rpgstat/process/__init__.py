"""What stands around the work: standard streams, messages, signals, memory that gives out, and errors in words for the user."""
