"""Turn the proposals in issues into pull requests."""
