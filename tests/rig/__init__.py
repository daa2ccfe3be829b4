"""What tests stand on: databases, a browser, Node."""
