"""Audio: from the parts of a chat request to bounded float32 samples."""
