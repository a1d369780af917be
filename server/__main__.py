"""``python -m server``: the same as ``sarsteer``."""

from server.cli import app

if __name__ == "__main__":
    app(prog_name="sarsteer")
