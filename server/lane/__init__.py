"""Answers that are given before the framework is asked, with all that it adds to an answer."""
