"""`breakdown` and the tests beside it: groups side by side."""
