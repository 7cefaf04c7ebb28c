"""Roadmap: the next quarters from the ranking, under what the team can really do."""

from lib.shell.roadmap import view

view.draw()
