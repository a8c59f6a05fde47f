"""The commands of `quizline`, a module each. Heavy to import: cli.py imports a module when it is called."""
