from pathlib import Path

import pytest

from reference.sets import main
from steering.evaluation.sets import read_set
from steering.spoken import read_folder


def test_an_extraction_set_is_read_by_the_extraction_with_its_words(tmp_path: Path) -> None:
    assert main(["--extract", "--each", "4", "--out", str(tmp_path / "set")]) == 0
    for label in ("harmful", "benign"):
        queries = read_folder(tmp_path / "set" / label, 16_000, 4.0)
        assert len(queries) == 4
        assert all(query.text for query in queries)


def test_conditions_are_written_as_a_set_that_reads_back(tmp_path: Path) -> None:
    assert main(["--conditions", "clean,typed", "--each", "2", "--out", str(tmp_path / "set")]) == 0
    items = read_set(tmp_path / "set", 16_000, 4.0)
    assert {(item.condition, item.label) for item in items} == {
        (condition, label) for condition in ("clean", "typed") for label in ("harmful", "benign")
    }
    assert all((item.samples is None) is (item.condition == "typed") for item in items)
    assert all(item.expected for item in items)


def test_an_unknown_condition_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--conditions", "whispered", "--out", str(tmp_path / "set")])
    assert "There is no condition 'whispered'" in capsys.readouterr().err
