"""Partners: build, buy or partner; candidates against weighted criteria; a request for proposals."""

from lib.shell.partners import view

view.draw()
