"""The sign of each status that an outcome can have."""

SIGNS = {"supported": "✓", "described": "↗", "stated": "“”", "undecided": "?", "withheld": "[c]", "assumed": "○", "contradicted": "✗"}
