"""Doors for programs and agents: what the release says of itself, plain forms, tools, feeds, files to take away."""
