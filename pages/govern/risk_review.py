"""Risk review: what can go wrong with a use case, what stands against it, and who signs for it."""

from lib.shell.risk_review import view

view.draw()
