"""Evidence: every run with its checks and verdicts, whether the log is whole, what is kept, and how to erase it."""

from lib.shell.evidence import view

view.draw()
