"""Paragraphs of resolutions and decisions: opening phrase, addressee, condition, and what they ask for."""
