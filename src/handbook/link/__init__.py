"""Stage 3: link entries to each other. Everything after this stage can be shown."""
