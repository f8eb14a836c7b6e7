"""Stage 2: find all problems in one pass. Nothing stops at the first mistake."""
