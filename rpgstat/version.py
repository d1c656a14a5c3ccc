"""Which rpgstat this is."""

__version__ = "0.1.0"
PROGRAM = f"rpgstat {__version__}"
"""How the program calls itself in what it makes."""
