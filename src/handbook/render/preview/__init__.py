"""Write a hand-written page so that Python-Markdown reads it as web editors, GitHub and GitLab show it."""

from handbook.render.preview.blocks import as_previewed

__all__ = ["as_previewed"]
