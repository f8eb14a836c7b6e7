"""The tools of the team."""
