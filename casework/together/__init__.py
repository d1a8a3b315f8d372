"""What is the same thing, and what many want together."""
