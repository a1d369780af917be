"""Prefix caching that stays exact and shared under steering: the blocks of steered positions are sealed.

Nothing before the last prompt token is steered, so the blocks before the one that holds it are the same at every
strength and are shared under vLLM's ordinary hashes. Every later block of a steered request depends on its
steering: it gets a key that no other request can have, so only the request itself (resumed after a preemption)
reads it again. A salt per steering fingerprint would be neither exact nor shared: a longer prompt would still hit
the steered last block of a shorter one at the same strength.
"""

import uuid
from collections.abc import Callable
from typing import Any


def seal(request: Any, hash_block_size: int, hash_fn: Callable[[Any], bytes]) -> None:
    """Wrap the hasher of a steered ``vllm.v1.request.Request``; call it before the request can be scheduled."""
    hasher = request._block_hasher
    if hasher is None:  # Prefix caching is off.
        return
    first_sealed = (request.num_prompt_tokens - 1) // hash_block_size
    nonce = uuid.uuid4().hex

    def sealing_hasher(hashed: Any) -> list[bytes]:
        start = len(hashed.block_hashes)
        return [
            hash_ if start + offset < first_sealed else hash_fn((hash_, nonce))
            for offset, hash_ in enumerate(hasher(hashed))
        ]

    del request.block_hashes[first_sealed:]
    request._block_hasher = sealing_hasher
    request.update_block_hashes()
