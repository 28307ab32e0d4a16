"""Pages of makers, of readers around an example, of the glossary, and of reviewers."""
