"""What an adapter must do, one test for each row of its certificate."""

from . import life, line, talk

MODULES = (talk, life, line)
