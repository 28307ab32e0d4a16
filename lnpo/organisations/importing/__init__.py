"""Take in lists of organisations: recognise the layout, read the rows, show what would change, do it."""
