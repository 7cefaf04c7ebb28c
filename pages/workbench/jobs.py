"""Jobs: what runs over many rows, how far it is, what failed, and its results."""

from lib.shell.jobs_page import view

view.draw()
