"""Two states of a handbook, compared by what they mean to readers.

One way: git or the folder → a state → differences of values → changes of entries with their weight.
"""
