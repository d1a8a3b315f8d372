"""The rules: what a request is, how it moves, who may do what, who should get it, when it is late.

Imports the standard library only; everything from outside comes in through `casework.ports`.
"""
