"""The page of MkDocs that keeps its texts elsewhere: together they can be too large for the memory."""

from __future__ import annotations

from collections.abc import Callable

from mkdocs.structure.pages import Page

from handbook.base.shelf import Keep


class _Text:
    """An attribute with a text."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, page: _KeptPage, owner: type) -> str | None:
        read: Callable[[], str] | None = vars(page)[self._name]
        return None if read is None else read()

    def __set__(self, page: _KeptPage, text: str | None) -> None:
        vars(page)[self._name] = None if text is None else page.keep(text)


class _KeptPage(Page):
    """A page whose Markdown and HTML are kept elsewhere.

    Attributes:
        keep: Keeps a text.
    """

    keep: Keep
    markdown = _Text()
    content = _Text()


def keep_texts(page: Page, keep: Keep) -> None:
    """Keep the texts of a page elsewhere, before it has any. Pages of other plugins stay as they are."""
    if type(page) is Page and page.markdown is page.content is None:
        page.__class__ = _KeptPage
        vars(page).update(keep=keep)
