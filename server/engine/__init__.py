"""The engine as the server sees it: a protocol, and vLLM behind the one file that knows vLLM's serving classes."""
