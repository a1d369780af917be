"""What every test runs under: no network, no usage reports, engines that share two cores politely."""

import os

from hypothesis import settings

os.environ.update(
    HF_HUB_OFFLINE="1",
    VLLM_NO_USAGE_STATS="1",
    VLLM_CPU_KVCACHE_SPACE="1",
    VLLM_CPU_OMP_THREADS_BIND="nobind",
    VLLM_LOGGING_LEVEL="WARNING",
    OMP_NUM_THREADS="1",
    TOKENIZERS_PARALLELISM="false",
)

# Two cores may be busy with an engine: how long an example takes says nothing.
settings.register_profile("sarsteer", deadline=None)
settings.load_profile("sarsteer")
