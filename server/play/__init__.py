"""A round from its opening to its verdict, the standings, the replays and the campaign's public face."""
