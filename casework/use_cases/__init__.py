"""What people and timers can do, one class each."""
