"""From columns and counted answers to a study: what can be known without being told, and the refusal to guess the rest."""
