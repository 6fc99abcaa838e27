"""Processes that write releases, killed at random moments and between any two steps: `make kills`.

What is killed is the process with all that it started (SIGKILL). The loss of power, where what was written and not yet
forced to the disk goes as well, is not simulated.
"""
