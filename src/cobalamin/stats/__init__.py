"""Statistics over counts and sums: intervals of a share, estimates of a survey with its design, curves of waiting times.

Plain Python on aggregates, so that the database does the counting and nothing else is needed.
"""
