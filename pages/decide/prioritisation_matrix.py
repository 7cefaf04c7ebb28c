"""Prioritisation matrix: where the house sees value, what to do first, how sure that is, and what would change it."""

from lib.shell.prioritisation_matrix import view

view.draw()
