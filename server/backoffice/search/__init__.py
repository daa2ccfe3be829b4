"""One box that finds a campaign, an award, an alias or a comment."""
