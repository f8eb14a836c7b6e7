"""What every kind shares: the basis of figures, owners and recent changes."""
