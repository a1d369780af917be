"""Who may call, and how strongly each caller is defended. Knows nothing of HTTP."""
