"""The search: what it knows of each page, and how it ranks them for the words of a reader."""
