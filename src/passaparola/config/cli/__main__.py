import sys

from passaparola.config.cli import main

sys.exit(main())
