"""What the command line is made of: options, commands made of classes, what the shell completes, prompts, what to try next."""
