"""Pages as text for a screen or a pipe."""
