"""Anonymous players: a bearer token, a generated alias, no account and no cookie."""
