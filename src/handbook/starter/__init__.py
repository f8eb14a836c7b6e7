"""Makes a new handbook from the one in this repository: what a company starts with."""
