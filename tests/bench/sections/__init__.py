"""What is measured: one module per table, each with TITLE, ABOUT and run(work) -> its tables."""
