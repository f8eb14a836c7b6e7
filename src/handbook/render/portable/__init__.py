"""Pages as Markdown without HTML, for assistants and people who copy a page."""
