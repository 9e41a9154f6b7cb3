"""A simulated year of care: real code, database, worker and mail server; only the
clock runs quickly.
"""
