"""How well the facts of the thirty-first session agree with those read by hand, a file for each kind of table.

A module that has `TABLES` is found by itself. `python -m tests.accuracy` prints precision, recall and F1 of every table
with the rows that were missed and those that are too many; the gold lies beside the repository or in RECALLING_SHARED.
"""
