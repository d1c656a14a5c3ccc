"""Counts and a study in, results out; one module per command."""
