"""Public samples that nobody here wrote, where they are at hand."""
