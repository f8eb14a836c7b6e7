"""Permanent versions: each site is built, added next to earlier ones on a branch of its own, and tagged.

One direction: published versions → plan → strict build → one commit → branch and tag in one step.
"""
