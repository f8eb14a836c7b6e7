"""Docs-as-code handbooks for product teams: facts in YAML, checked and published as a website."""

__version__ = "0.1.0"
