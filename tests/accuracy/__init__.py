"""How well the facts of the two real sessions agree with those read by hand, a file for each kind of table.

`python -m tests.accuracy` prints precision, recall and F1 of every table of both sessions, then the rows that were
missed and those that are too many. The gold of the thirty-first session lies beside the repository or in
RECALLING_SHARED, that of the thirty-third in this folder; README.md says who read it and how.
"""
