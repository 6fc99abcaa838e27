"""The table of content-negotiation cases."""
