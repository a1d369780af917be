"""Telemetry: metrics and logs, neither of which holds content or keys."""
