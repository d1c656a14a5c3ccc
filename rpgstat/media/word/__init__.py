"""Word files: new documents, and placeholders filled in a user's own."""
