"""Audio: how much comes in, how long does decoding take, and what is turned away?"""

from grafana_foundation_sdk.builders.dashboard import Dashboard

from deploy.grafana.panels import JOB, Level, Query, fails, figure, heat, line, page, warns


def audio() -> Dashboard:
    dashboard = page("Audio", "How much audio comes in, how long does decoding take, and what is turned away?")
    decoded = f"sarsteer_audio_decode_seconds_count{{{JOB}}}"
    rejected = f"sarsteer_audio_rejected_total{{{JOB}}}"
    for panel in (
        figure(
            "How much audio came in a day?",
            "Seconds of decoded audio of the last 24 hours.",
            "s",
            Query(f"sum(increase(sarsteer_audio_seconds_total{{{JOB}}}[1d]))", "audio"),
            good="blue",
            width=8,
        ),
        figure(
            "How long is a request's audio?",
            "Seconds of decoded audio for each request that had any, over five minutes.",
            "s",
            Query(f"sum(rate(sarsteer_audio_seconds_total{{{JOB}}}[5m])) / (sum(rate({decoded}[5m])) > 0)", "seconds"),
            good="blue",
            width=8,
        ),
        figure(
            "What share is turned away?",
            "Requests whose audio was refused, of those that had any, over five minutes.",
            "percentunit",
            Query(
                f"(sum(rate({rejected}[5m])) or vector(0)) "
                f"/ ((sum(rate({rejected}[5m])) or vector(0)) + sum(rate({decoded}[5m])) > 0)",
                "refused",
            ),
            levels=(Level(0.02, "orange"), Level(0.1, "red")),
            width=8,
        ),
        line(
            "Who sends how much audio?",
            "Seconds of decoded audio for each second of time, by tenant.",
            "none",
            Query(f"sum by (tenant) (rate(sarsteer_audio_seconds_total{{{JOB}}}[$__rate_interval]))", "{{tenant}}"),
            stacked=True,
        ),
        line(
            "Why is audio turned away?",
            "Requests a second whose audio was refused, by error code. Overloaded is the server's queue, the others "
            "are the callers'.",
            "reqps",
            Query(f"sum by (reason) (rate({rejected}[$__rate_interval]))", "{{reason}}"),
            stacked=True,
        ),
        line(
            "How long does decoding take?",
            "From a request's body to its waveforms, waiting for a thread and fetching URLs included.",
            "s",
            *(Query(_quantile(q, "sarsteer_audio_decode_seconds"), f"p{q * 100:.0f}") for q in (0.5, 0.95, 0.99)),
            levels=warns(1),
        ),
        heat(
            "How are decode times spread?",
            "Requests by the time that their audio took.",
            "s",
            Query(f"sum by (le) (increase(sarsteer_audio_decode_seconds_bucket{{{JOB}}}[$__rate_interval]))", "{{le}}"),
        ),
        line(
            "How long until the first token?",
            "From a streamed request's arrival to its first chunk: decoding, queueing and reading the prompt.",
            "s",
            *(Query(_quantile(q, "sarsteer_time_to_first_token_seconds"), f"p{q * 100:.0f}") for q in (0.5, 0.95)),
            levels=fails(2.5),
        ),
    ):
        dashboard.with_panel(panel)
    return dashboard


def _quantile(share: float, histogram: str) -> str:
    return f"histogram_quantile({share}, sum by (le) (rate({histogram}_bucket{{{JOB}}}[$__rate_interval])))"
