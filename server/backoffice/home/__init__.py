"""What is live now and what waits for somebody."""
