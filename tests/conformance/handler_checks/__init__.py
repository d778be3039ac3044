"""What a handler program must do, one test for each row of the table."""

from . import answers, life, line, start, work

MODULES = (start, answers, work, life, line)
