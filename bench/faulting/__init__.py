"""The parts of the fault campaign: what is attacked, the attacks, and the audit afterwards."""
