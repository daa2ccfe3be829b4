"""Popshot: promotional mini-games with real prizes, the web side."""

import gc

# Half a million objects come with the imports and stay. Python's own 700 had the collector look through them so often
# that importing the app took 2.3 s of CPU; so it takes 1.8. It holds for every process of ours, for all its life.
gc.set_threshold(25_000, 10, 10)
