"""Whole copies of a database: read as rows, kept in an archive or written into another, proven equal.

What is sealed stays sealed: no key is needed here, and none is ever written.
"""
