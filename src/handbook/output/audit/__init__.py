"""Output formats for the tool audit: modules with `render`, which turns an audit into text."""
