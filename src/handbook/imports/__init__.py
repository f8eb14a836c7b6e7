"""Import inventories of other programs: a file becomes a table, then entries, then changes to the handbook.

The stages go in one direction: `reading` makes a table of a file, `headers` and `mapping` say which column is
which field, `cells` makes values of its cells, `entries` puts them together, and `planning` compares them
with the handbook and with what the last import wrote.
"""
