"""The conversations of community workers."""
