"""A copy of one's own data, as a page to read and as JSON."""
