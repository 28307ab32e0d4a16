"""Every side effect that must happen: written in the transaction, claimed with a lease, retried, swept."""
