"""Pictures in SVG. Nothing here knows the handbook."""
