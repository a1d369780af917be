"""The reference LALM: a small, real audio-language model, its speech corpus and its checkpoint."""
