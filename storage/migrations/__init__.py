"""Numbered changes of the schema, run by `storage.upgrade`."""
