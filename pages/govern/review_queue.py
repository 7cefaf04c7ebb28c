"""Review queue: outputs that wait for a person, samples of bulk jobs, agreement, and how well flaws are spotted."""

from lib.shell.review_queue import view

view.draw()
