"""Output formats for a comparison: modules with `render`, which turns a comparison into text."""
