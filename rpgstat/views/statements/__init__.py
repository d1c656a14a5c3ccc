"""`score` and `compare`: statements and their batteries."""
