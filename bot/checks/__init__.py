"""What `doctor` looks at, one file a matter. Each check yields findings in plain Chinese."""
