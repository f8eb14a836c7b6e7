"""Compare two states of a handbook by their impact on readers.

One direction: git or the folder → a state → differences of values → changes of entries with their impact.
"""
