"""Facts that no single report states: what links the reports of a release, found in their asserted graphs.

A wrong link is worse than a missing one: every rule asks for two things that agree, and says nothing where two
answers are possible.
"""
