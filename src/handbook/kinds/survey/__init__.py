"""The surveys of the product team, and what is computed from them."""
