"""What can go wrong outside of any conversation and is told in one plain sentence, without a traceback."""


class Fault(Exception):
    """An expected fault: `str(fault)` is the Chinese sentence for whoever runs the program."""
