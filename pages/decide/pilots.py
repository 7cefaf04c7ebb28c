"""Pilots: time-boxed trials with a hypothesis, a KPI, a sample size, their result, and what is decided on it."""

from lib.shell.pilots import view

view.draw()
