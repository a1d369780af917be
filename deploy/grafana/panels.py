"""The few kinds of panels that the dashboards are made of, each a question, its unit, and where it becomes bad."""

from collections.abc import Sequence
from dataclasses import dataclass

from grafana_foundation_sdk.builders import common as common_builder
from grafana_foundation_sdk.builders import dashboard as builder
from grafana_foundation_sdk.builders import heatmap, prometheus, stat, statetimeline, timeseries
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.models import common, dashboard
from grafana_foundation_sdk.models import heatmap as heatmap_model
from grafana_foundation_sdk.models import prometheus as prometheus_model

SOURCE = dashboard.DataSourceRef(type_val="prometheus", uid="sarsteer-prometheus")
"""The data source that provisioning/datasources/prometheus.yml declares."""
JOB = 'job="sarsteer"'
WIDTH = 24
_HEIGHT = 8
_LOW = 4


@dataclass(frozen=True, slots=True)
class Query:
    """A PromQL expression, and what its series are called."""

    expr: str
    legend: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A value from which on a panel has another colour."""

    value: float
    colour: str


def warns(at: float) -> tuple[Level, ...]:
    return (Level(at, "orange"),)


def fails(at: float) -> tuple[Level, ...]:
    return (Level(at, "red"),)


def line(
    title: str,
    description: str,
    unit: str,
    *queries: Query,
    width: int = WIDTH // 2,
    stacked: bool = False,
    levels: Sequence[Level] = (),
    most: float | None = None,
) -> timeseries.Panel:
    """Values over time; ``stacked`` where their sum means something. The first level is drawn as a line."""
    legend = common_builder.VizLegendOptions().display_mode(common.LegendDisplayMode.LIST)
    panel = (
        timeseries.Panel()
        .title(title)
        .description(description)
        .datasource(SOURCE)
        .unit(unit)
        .min(0)
        .height(_HEIGHT)
        .span(width)
        .legend(legend.placement(common.LegendPlacement.BOTTOM).show_legend(True))
        .tooltip(common_builder.VizTooltipOptions().mode(common.TooltipDisplayMode.MULTI))
        .fill_opacity(40 if stacked else 8)
        .thresholds(_thresholds(levels))
    )
    if most is not None:
        panel.max(most)
    if stacked:
        panel.stacking(common_builder.StackingConfig().mode(common.StackingMode.NORMAL))
    if levels:
        dashed = common_builder.GraphThresholdsStyleConfig().mode(common.GraphTresholdsStyleMode.DASHED)
        panel.thresholds_style(dashed)
    for query in _targets(queries):
        panel.with_target(query)
    return panel


def figure(
    title: str,
    description: str,
    unit: str,
    *queries: Query,
    width: int = 4,
    levels: Sequence[Level] = (),
    good: str = "green",
    words: Sequence[tuple[str, str, str]] = (),
    none: str = "no data",
) -> stat.Panel:
    """The newest value. ``words`` are (value, text, colour); ``good`` colours what is below the first level."""
    panel = (
        stat.Panel()
        .title(title)
        .description(description)
        .datasource(SOURCE)
        .unit(unit)
        .height(_LOW)
        .span(width)
        .no_value(none)
        .thresholds(_thresholds(levels, good))
        .color_mode(common.BigValueColorMode.VALUE)
        .graph_mode(common.BigValueGraphMode.NONE)
        .reduce_options(common_builder.ReduceDataOptions().calcs(["lastNotNull"]))
    )
    if words:
        panel.mappings([_words(words)])
    for query in _targets(queries, instant=True):
        panel.with_target(query)
    return panel


def states(
    title: str,
    description: str,
    *queries: Query,
    width: int = WIDTH // 2,
    words: Sequence[tuple[str, str, str]] = (),
) -> statetimeline.Panel:
    """Which value held when, a bar for each series."""
    panel = (
        statetimeline.Panel()
        .title(title)
        .description(description)
        .datasource(SOURCE)
        .unit("none")
        .height(_HEIGHT)
        .span(width)
        .thresholds(_thresholds(()))
    )
    if words:
        panel.mappings([_words(words)])
    for query in _targets(queries):
        panel.with_target(query)
    return panel


def heat(title: str, description: str, unit: str, query: Query, *, width: int = WIDTH // 2) -> heatmap.Panel:
    """How a histogram's observations are spread, over time. ``query`` gives increases by le."""
    colours = heatmap.HeatmapColorOptions().mode(heatmap_model.HeatmapColorMode.SCHEME).scheme("Oranges").steps(64)
    target = _target(query, "A").format(prometheus_model.PromQueryFormat.HEATMAP).range()
    return (
        heatmap.Panel()
        .title(title)
        .description(description)
        .datasource(SOURCE)
        .height(_HEIGHT)
        .span(width)
        .calculate(False)
        .color(colours)
        .y_axis(heatmap.YAxisConfig().unit(unit))
        .with_target(target)
    )


def tenant_variable() -> Builder[dashboard.VariableModel]:
    """``$tenant``, of those that have asked for anything or that a policy names."""
    return (
        builder.QueryVariable("tenant")
        .label("Tenant")
        .datasource(SOURCE)
        .query(f'label_values({{{JOB}, tenant!=""}}, tenant)')
        .refresh(dashboard.VariableRefresh.ON_TIME_RANGE_CHANGED)
        .sort(dashboard.VariableSort.ALPHABETICAL_ASC)
        .multi(True)
        .include_all(True)
        .all_value(".+")
        .current(dashboard.VariableOption(selected=True, text="All", value="$__all"))
    )


def page(title: str, description: str) -> builder.Dashboard:
    """An empty dashboard, linked to the others."""
    others = builder.DashboardLink("sarsteer").type(dashboard.DashboardLinkType.DASHBOARDS).tags(["sarsteer"])
    return (
        builder.Dashboard(f"sarsteer: {title}")
        .uid(f"sarsteer-{title.lower()}")
        .description(description)
        .tags(["sarsteer"])
        .timezone("browser")
        .readonly()
        .tooltip(dashboard.DashboardCursorSync.CROSSHAIR)
        .time("now-3h", "now")
        .refresh("30s")
        .link(others.as_dropdown(False).include_vars(True).keep_time(True))
    )


def _targets(queries: Sequence[Query], instant: bool = False) -> list[prometheus.Dataquery]:
    targets = [_target(query, chr(ord("A") + at)) for at, query in enumerate(queries)]
    return [target.instant() if instant else target.range() for target in targets]


def _target(query: Query, name: str) -> prometheus.Dataquery:
    return prometheus.Dataquery().ref_id(name).expr(query.expr).legend_format(query.legend).datasource(SOURCE)


def _thresholds(levels: Sequence[Level], good: str = "green") -> builder.ThresholdsConfig:
    steps = [dashboard.Threshold(None, good), *(dashboard.Threshold(level.value, level.colour) for level in levels)]
    return builder.ThresholdsConfig().mode(dashboard.ThresholdsMode.ABSOLUTE).steps(steps)


def _words(words: Sequence[tuple[str, str, str]]) -> dashboard.ValueMap:
    return dashboard.ValueMap(
        options={value: dashboard.ValueMappingResult(text=text, color=colour) for value, text, colour in words}
    )
