"""Formulas that say what they yield: sentence templates with typed slots, as data beside the engine that reads them."""
