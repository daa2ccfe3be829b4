"""Rehearsals: a campaign in test mode is played in a second world, the same code on a database and keys of its own."""
