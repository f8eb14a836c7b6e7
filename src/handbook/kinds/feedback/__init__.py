"""Customer feedback: its sources and its themes."""
