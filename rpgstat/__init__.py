"""Statistics for staff surveys and programme evaluation; see `rpgstat --help`."""

__version__ = "0.1.0"
