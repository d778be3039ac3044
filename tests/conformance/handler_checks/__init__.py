"""What a handler program must do, one test for each row of the table."""

from . import answers, life, line, start, tls, work

MODULES = (start, tls, answers, work, life, line)
