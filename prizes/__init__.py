"""The prize domain: stock, ways to win, awards, claims. Knows neither the web nor the server."""
