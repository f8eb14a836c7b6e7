"""Write: files that people go on with, made from the schemas."""
