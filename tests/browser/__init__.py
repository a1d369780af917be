"""The console in a browser, over a real store and an engine that only pretends."""
