"""What follows what: the jobs that are done after something was written, away from the request that wrote it."""
