"""Questions that no longer count: dropped with a reason, for every candidate of a job alike."""
