"""All that is known of a result to be shown, by families of results."""
