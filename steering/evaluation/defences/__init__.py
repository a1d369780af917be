"""Every defence that needs no training of the served model, behind one protocol, and those that harden its weights."""
