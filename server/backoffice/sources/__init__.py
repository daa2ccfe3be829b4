"""Where a campaign's players come from, and the links that lead to it."""
