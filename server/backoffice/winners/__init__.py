"""The winners desk: who won what, and what became of it."""
