"""One file a change, `NNNN_verb_object.py`."""
