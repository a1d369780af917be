"""What vLLM reads from the process environment; it must stand there before vLLM is imported."""

import os

DEFAULTS = {
    # The engine's own reports are not for us to send.
    "VLLM_NO_USAGE_STATS": "1",
    "VLLM_LOGGING_LEVEL": "WARNING",
    # Binding threads to cores needs CPU topology that containers hide; the scheduler does well without.
    "VLLM_CPU_OMP_THREADS_BIND": "nobind",
    # GiB of KV cache on a CPU; vLLM's own default takes a share of all memory.
    "VLLM_CPU_KVCACHE_SPACE": "1",
    # Idle OpenMP threads that spin would take the cores from the tokenizer, the decoder and the event loop.
    "OMP_WAIT_POLICY": "PASSIVE",
    "TOKENIZERS_PARALLELISM": "false",
}


def prepare() -> None:
    """Set our defaults for what the operator has not set."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
