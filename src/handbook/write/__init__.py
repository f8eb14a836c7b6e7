"""Write files for people to edit, from the schemas."""
