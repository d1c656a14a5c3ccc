"""`workforce` and `rates_trend`: rates by period."""
