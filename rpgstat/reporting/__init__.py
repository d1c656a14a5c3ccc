"""One document of many results: `report` and `fill`."""
