"""Versions that stay: a site is built, laid beside those before it on a branch of its own, and tagged.

One way: what is published → what is to be done → a strict build → one commit → branch and tag at once.
"""
