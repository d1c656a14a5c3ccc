"""The first page of a report, and `findings`, the same as a result."""
