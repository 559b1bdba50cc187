"""`python -m safemonth` is the console command."""

from safemonth.config.cli import main

main()
