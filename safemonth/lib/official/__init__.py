"""Chinese official documents (GB/T 9704-2012): their format in Word and on paper, and short texts set in it."""
