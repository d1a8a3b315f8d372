"""The running program: settings, wiring, command line, delivery, jobs, playground."""
