"""YAML: values that know their place in the file."""
