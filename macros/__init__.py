"""The macros of this handbook's pages. mkdocs-macros finds them here; the engine writes them."""

from handbook.publish.page_macros import define_env

__all__ = ["define_env"]
