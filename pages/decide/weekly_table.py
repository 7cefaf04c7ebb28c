"""Weekly table: design and engineering, what is asked for, offered and decided, and the meeting's papers."""

from lib.shell.weekly_table import view

view.draw()
