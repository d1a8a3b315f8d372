"""One repository a Protocol of `casework.ports`, and those of delivery. None of them commits."""
