"""Onboarding plans."""
