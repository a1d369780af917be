"""The server as its users meet it: a real process, a real engine, the official client."""
