"""Presentation only: blocks, tags, components, e-mail frame, style sheets, icons and fonts."""
