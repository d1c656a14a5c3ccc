"""`python -m rpgstat`."""

from rpgstat.cli.app import main

if __name__ == "__main__":
    main()
