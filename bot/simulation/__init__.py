"""A community played through: made-up people use the real use cases while the clock is moved."""
