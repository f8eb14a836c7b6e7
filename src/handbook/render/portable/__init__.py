"""Pages as Markdown without HTML, for assistants and for copying."""
