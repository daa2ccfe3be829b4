"""The pages of staff: one folder a desk, and the door that lets them in."""
