"""`python -m runtime`, which ./dars hands over to."""

import sys

from runtime.command_line import main

sys.exit(main(sys.argv[1:]))
