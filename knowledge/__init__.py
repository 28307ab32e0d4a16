"""Practice that members share."""
