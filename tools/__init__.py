"""What the house is kept with: checks, locks and copies that make calls."""
