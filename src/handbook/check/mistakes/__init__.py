"""What each keyword of JSON Schema says against a value, in words for those who do not know it."""
