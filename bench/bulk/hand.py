"""A process for rows, as the worker starts it, that may also do the bench's task."""

import sys

from bench.bulk.task import DOTTED
from lib.batch.hand import main
from lib.batch.preparing import allow

if __name__ == "__main__":
    allow(DOTTED)
    sys.exit(main())
