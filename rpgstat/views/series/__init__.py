"""`trend`, `chart` and `events`: figures month by month."""
