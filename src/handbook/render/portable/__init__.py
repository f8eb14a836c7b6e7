"""Pages as Markdown without HTML, for assistants and for whoever copies a page."""
