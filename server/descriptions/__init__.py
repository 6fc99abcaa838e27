"""Descriptions of things, written when a release is published, so that they are sent instead of asked for."""
