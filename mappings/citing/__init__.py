"""References: found, told whose they are, resolved to a work, and given their role."""
