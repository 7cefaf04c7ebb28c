"""Automatic checks: read a text, documents or pictures by all of them, and see how good each of them is."""

from lib.shell.checks_desk import view

view.draw()
