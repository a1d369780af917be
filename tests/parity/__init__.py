"""Steered vLLM against independent oracles: real engines on the reference LALM."""
