"""Boards in Grafana's own form, by its foundation SDK: the only module that knows it.

The types are those of Grafana 10.1 (schema 36); later ones read them and bring them up to date themselves.
"""

from __future__ import annotations

from typing import Final

from grafana_foundation_sdk.builders import bargauge, common, dashboard, prometheus, stat, timeseries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models import common as forms
from grafana_foundation_sdk.models import dashboard as models

from monitoring.boards.panel import Board, Choice, Kind, Panel

SOURCE: Final = models.DataSourceRef(type_val="prometheus", uid="${datasource}")
GREEN, YELLOW, RED, CALM = "green", "#EAB839", "red", "#5794F2"
REFRESH: Final = "1m"

Builder = bargauge.Panel | stat.Panel | timeseries.Panel


def as_json(board: Board, language: str) -> str:
    """The dashboard's file; always the same for the same board."""
    return JSONEncoder(sort_keys=True, indent=2, ensure_ascii=False).encode(_built(board, language)) + "\n"


def _built(board: Board, language: str) -> models.Dashboard:
    made = (
        dashboard.Dashboard(board.title.in_(language))
        .uid(f"mutualis-{board.name}-{language}")
        .description(board.note.in_(language))
        .tags(["mutualis", language])
        .readonly()
        .timezone("browser")
        .time(f"now-{board.days}d", "now")
        .refresh(REFRESH)
        .tooltip(models.DashboardCursorSync.CROSSHAIR)
        .with_variable(dashboard.DatasourceVariable("datasource").label("Prometheus").type("prometheus"))
    )
    for choice in board.choices:
        made = made.with_variable(_variable(choice, language))
    for row in board.rows:
        made = made.with_row(dashboard.Row(row.title.in_(language)))
        for panel in row.panels:
            made = made.with_panel(_panel(panel, language))
    return _numbered(made.build())


def _numbered(made: models.Dashboard) -> models.Dashboard:
    """Grafana wants ids that differ."""
    for number, panel in enumerate(made.panels or (), start=1):
        panel.id_val = number
    return made


def _variable(choice: Choice, language: str) -> dashboard.QueryVariable:
    made = (
        dashboard.QueryVariable(choice.name)
        .label(choice.title.in_(language))
        .datasource(SOURCE)
        .query(choice.values)
        .refresh(models.VariableRefresh.ON_TIME_RANGE_CHANGED)
        .sort(models.VariableSort.ALPHABETICAL_ASC)
    )
    if not choice.all:
        return made
    everything = models.VariableOption(selected=True, text="All", value="$__all")
    return made.include_all(include_all=True).all_value(".*").current(everything)


def _panel(panel: Panel, language: str) -> Builder:
    made = _drawn(panel)
    made = (
        made.title(panel.title.in_(language))
        .description(panel.note.in_(language))
        .datasource(SOURCE)
        .unit(panel.unit.value)
        .span(panel.width)
        .height(panel.height)
        .thresholds(_thresholds(panel))
        .color_scheme(_colour(panel))
    )
    for letter, query in zip("ABCDEFGHIJKLMNOP", panel.queries, strict=False):
        asked = prometheus.Dataquery().expr(query.expression).legend_format(query.legend.in_(language)).ref_id(letter)
        made = made.with_target(asked.range() if panel.kind is Kind.CURVES else asked.instant())
    if panel.unit.value == "short":
        made = made.decimals(0)
    return made if panel.top is None else made.min(0).max(panel.top)


def _drawn(panel: Panel) -> Builder:
    """Calm: no gradients, no sparklines, no fill."""
    last = common.ReduceDataOptions().calcs(["lastNotNull"])
    if panel.kind is Kind.BARS:
        return (
            bargauge.Panel()
            .orientation(forms.VizOrientation.HORIZONTAL)
            .display_mode(forms.BarGaugeDisplayMode.BASIC)
            .reduce_options(last)
        )
    if panel.kind is Kind.NUMBERS:
        return (
            stat.Panel()
            .graph_mode(forms.BigValueGraphMode.NONE)
            .color_mode(forms.BigValueColorMode.VALUE)
            .reduce_options(last)
        )
    legend = (
        common.VizLegendOptions().display_mode(forms.LegendDisplayMode.LIST).placement(forms.LegendPlacement.BOTTOM)
    )
    return timeseries.Panel().legend(legend).fill_opacity(0).line_width(2).axis_soft_min(0)


def _thresholds(panel: Panel) -> dashboard.ThresholdsConfig:
    steps = [models.Threshold(value=None, color=CALM)]
    if panel.limits and panel.limits[0] <= panel.limits[1]:
        steps = [_step(None, GREEN), _step(panel.limits[0], YELLOW), _step(panel.limits[1], RED)]
    elif panel.limits:
        steps = [_step(None, RED), _step(panel.limits[1], YELLOW), _step(panel.limits[0], GREEN)]
    return dashboard.ThresholdsConfig().mode(models.ThresholdsMode.ABSOLUTE).steps(steps)


def _step(value: float | None, colour: str) -> models.Threshold:
    return models.Threshold(value=value, color=colour)


def _colour(panel: Panel) -> dashboard.FieldColor:
    by_value = panel.kind is not Kind.CURVES
    mode = models.FieldColorModeId.THRESHOLDS if by_value else models.FieldColorModeId.PALETTE_CLASSIC
    return dashboard.FieldColor().mode(mode)
