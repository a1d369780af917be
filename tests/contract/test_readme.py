"""The README's request gives the README's answer."""

import contextlib
import io
import re

import pytest

from tests.contract.serving import ROOT, Server

pytestmark = pytest.mark.engine


def test_the_readmes_request_is_answered_as_it_says(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text()
    [(code, answer)] = re.findall(r"```python\n(.*?)```\n\n((?:    [^\n]*\n)+)", readme, re.DOTALL)
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code.replace("http://127.0.0.1:8000/v1", server.url), {})
    assert printed.getvalue() == "".join(line[4:] + "\n" for line in answer.splitlines())
