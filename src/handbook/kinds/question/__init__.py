"""Frequently asked questions."""
