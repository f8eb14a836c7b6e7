"""The page of MkDocs that keeps its texts elsewhere: together they can be too large for the memory."""

from __future__ import annotations

from collections.abc import Callable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from handbook.base.shelf import Keep


class _Text:
    """An attribute with a text."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, page: KeptPage, owner: type) -> str | None:
        read: Callable[[], str] | None = vars(page)[self._name]
        return None if read is None else read()

    def __set__(self, page: KeptPage, text: str | None) -> None:
        vars(page)[self._name] = None if text is None else page.keep(text)


class KeptPage(Page):
    """A page outside the navigation, whose Markdown and HTML are kept elsewhere.

    Args:
        file: The file of the page.
        config: The configuration.
        keep: Keeps a text.
    """

    markdown = _Text()
    content = _Text()

    def __init__(self, file: File, config: MkDocsConfig, keep: Keep) -> None:
        self.keep = keep
        super().__init__(None, file, config)
