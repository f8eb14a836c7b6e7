"""How findings are said: one small module for each format."""
