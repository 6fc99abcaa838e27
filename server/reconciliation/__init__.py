"""Reconciliation: other people's lists of names matched against ours, by the W3C community group's API, version 0.2."""
