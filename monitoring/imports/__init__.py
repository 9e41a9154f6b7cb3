"""Values that come in as files: handed in, checked, taken in as a whole or not at all.

`columns` says what a column may be, `reading` opens the file, `checking` looks at each
cell, `staging` compares with what is there and writes, `work` is the worker's part,
`actions` what people do.
"""
