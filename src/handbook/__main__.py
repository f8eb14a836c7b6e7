"""`python -m handbook` is the same as `handbook`."""

import sys

from handbook.cli import main

sys.exit(main())
