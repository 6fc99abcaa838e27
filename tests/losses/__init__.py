"""What a report loses when it is converted, and how many of its facts are read all the same.

`python -m tests.losses` prints precision and recall of each table for each loss, one at a time and all together.
"""
