"""Verbs of the command line, by task, and what they share."""
