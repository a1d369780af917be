"""Per-request steering inside stock vLLM: everything that touches vLLM's engine, scheduler and workers.

A request's way through: ``engine`` (the door: a directive is put on every request) -> ``scheduler`` (seals its
block hashes, ends what cannot be steered) -> ``worker`` -> ``table`` (directive to one row per token) ->
``layers`` (adds alpha * v to the residual stream, inside the traced graph).
"""
