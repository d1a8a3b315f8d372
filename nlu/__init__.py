"""The reader: a resident's text in, an Understanding out. Imports nothing of ours."""
