"""Open data: /daten/. Each indicator as CSV with a data package; a catalogue of all.

    openness   which indicators and releases are there, and how they are found
    columns    what stands in the columns of a file: names, types, German words
    table      the CSV, row by row from the database
    coverage   which time and places a release covers
    package    `datapackage.json` (Data Package 2.0)
    licences   licences we know, as packages and catalogues name them
    catalogue  DCAT-AP.de 3.0: `dataset` one entry, `terms` the words of other lists
    written    how descriptions are written to files
    pages      what the two pages show
    checks     SHACL and Frictionless, for tests and `manage.py check_open_data`

Everything here is German, as all addresses without a language. Samples are nowhere.
"""
