"""Reports for workers: numbers in words, pictures, and the list behind each number."""
