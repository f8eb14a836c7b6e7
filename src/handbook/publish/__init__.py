"""Stage 5: thin adapters that hand pages to a site engine."""
