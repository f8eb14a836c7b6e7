"""Digests of the handbook for people who do not open it every day.

One direction: changes, due items and upcoming events → lines → text or a message → posted once.
"""
