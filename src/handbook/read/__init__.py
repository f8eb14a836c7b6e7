"""Stage 1: files become values that know where they stand. Nothing here judges what the values say."""
