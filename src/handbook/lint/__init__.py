"""Documents that somebody filled in, against the templates they were copied from."""
