"""Output formats for entries: modules with `render_list` and `render_entry`."""
