"""The commands: thin modules that hand their options to the workflow and its results to a writer."""
