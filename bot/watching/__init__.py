"""What the running program shows of itself to the machines that watch over it: health, figures, traces."""
