"""A hand, as the worker starts it, that may also do the tests' tiny task."""

import sys

from lib.batch.hand import main
from lib.batch.preparing import allow
from tests.batch.tiny import DOTTED

if __name__ == "__main__":
    allow(DOTTED)
    sys.exit(main())
