"""What is thought of an organisation, and what the public is told."""
