"""Stage 2: everything that is wrong, found in one pass. Nothing stops at the first mistake."""
