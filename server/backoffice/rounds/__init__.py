"""The review desk: rounds and places that wait for a person."""
