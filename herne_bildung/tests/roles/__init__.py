"""Every address of the administration × every role × own and foreign entries.

`table.csv` says what each answers, and is reviewed like code. After a change that is
meant, or for a new address:

    python -m pytest herne_bildung/tests/roles --write-table

writes it anew; look at the difference before it is committed. A new model needs an
example in `things.py`, a new address with other parts than a number in `addresses.py`.
"""
