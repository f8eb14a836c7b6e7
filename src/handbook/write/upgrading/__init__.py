"""Adapt a site to a new version of the engine."""
