"""Everything that is kept about a player: shown whole on request, erased on request."""
