"""The goal template library: pages written in Wagtail, and the immutable numbered versions people adopt."""
