"""Stage 3: entries that know each other. What leaves this stage may be shown."""
