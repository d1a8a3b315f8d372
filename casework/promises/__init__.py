"""When something is due, what time counts, and what must not ring at night."""
