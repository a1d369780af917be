"""The defended OpenAI-compatible server around an in-process vLLM engine."""
