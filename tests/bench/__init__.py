"""Measurements against bare Django and an empty Wagtail site, in one run; `make bench`.

Compare ratios within one run, never absolute times between machines. CPU milliseconds per request of the
server's processes are the main figure: they survive a busy machine.
"""
