"""Charts of indicators, drawn on the server as SVG: the same drawing stands on pages
(coloured by the style sheet) and in files of its own (coloured by attributes).
"""
