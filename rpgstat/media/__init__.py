"""Documents, pictures, screens and data files: writers that take what they are handed and know no result by name."""
