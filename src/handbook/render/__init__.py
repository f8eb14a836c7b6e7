"""Stage 5: entries become Markdown. Text from YAML is data here: it is shown, never run."""
