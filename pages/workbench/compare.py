"""Compare: one task, the same inputs, two to four engines or prompts; a blind vote, and what each costs."""

from lib.shell.compare import view

view.draw()
