"""Benchmarks of the search page (`manage.py bench`).

`searches` says what is asked, `stack` runs the portal on sample offers, `load` asks,
`processor` reads what it cost, `measure` puts these together, `report` tells.
"""
