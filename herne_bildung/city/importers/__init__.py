"""Reading what others publish: one module reads a file, one writes what it says.

Reports speak German, as all commands of the portal do.
"""
