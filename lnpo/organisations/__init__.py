"""Samenwerkingsverband, school board and school; dated links between them; dated memberships."""
