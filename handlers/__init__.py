"""The conversations: one router per audience and feature, and the free-text dialogue."""
