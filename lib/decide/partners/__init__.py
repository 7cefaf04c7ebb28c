"""Partners: build, buy or partner; candidates against weighted criteria; a request for proposals."""
