"""Updates that nobody expects, through the whole program."""
