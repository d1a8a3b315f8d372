"""What is believed, counted and entered: call-backs, rates, figures and the ledgers."""
