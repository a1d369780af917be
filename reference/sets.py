"""Write the reference LALM's requests as sets, to extract from, to calibrate on, or to evaluate with any tool.

python -m reference.sets --extract --each 300 --out DIR     # DIR/harmful and DIR/benign, of the training split
python -m reference.sets --conditions clean,typed --fold dev --each 100 --out DIR
"""

import argparse
import sys
from pathlib import Path
from typing import get_args

from reference.conditions.calibration import calibration
from reference.conditions.suite import CONDITIONS, Extent, suite
from reference.corpus import Fold
from reference.speech import SpeechError
from steering.evaluation.conditions.condition import ConditionError
from steering.evaluation.sets import SetError, write_set


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m reference.sets", description="Write sets of spoken requests.")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write; absent or empty")
    parser.add_argument("--extract", action="store_true", help="requests of the training split, none of the test acts")
    parser.add_argument("--conditions", default="clean", help=f"a,b of {', '.join(CONDITIONS)} (clean)")
    parser.add_argument("--fold", choices=get_args(Fold), default="dev", help="dev to choose, test to report (dev)")
    parser.add_argument("--each", type=int, default=100, help="harmful requests a condition, and benign ones (100)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other voices and phrasings (0)")
    options = parser.parse_args(arguments)
    try:
        if options.extract:
            fitted = calibration("test", options.each, seed=options.seed)
            written = [*fitted.harmful, *fitted.benign]
            write_set(fitted.harmful, options.out / "harmful")
            write_set(fitted.benign, options.out / "benign")
        else:
            extent = Extent(options.fold, options.each, options.each, options.seed)
            written = list(suite(tuple(options.conditions.split(",")), extent).items)
            write_set(written, options.out)
    except (ConditionError, SetError, SpeechError) as error:
        parser.exit(1, f"{error}\n")
    print(f"{len(written)} requests in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
