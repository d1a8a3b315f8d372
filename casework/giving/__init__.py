"""Who gets a request, and by which way."""
