"""Documents that go out: PDF (``pdf``) and slides (``slides``), in the house's look, with French and other letters."""
