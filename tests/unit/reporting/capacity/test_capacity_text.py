"""Capacity at a terminal."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sample_capacity import HOSTILE, MISFIT, PARTS, SHORT, sample_view

from orchestrator.model.amount import amount_text
from orchestrator.model.capacity import Resource
from orchestrator.model.fit import Judgement
from orchestrator.reporting.capacity.terminal.as_text import capacity_to_text
from orchestrator.reporting.capacity.terminal.bar import Layers, bar
from orchestrator.reporting.capacity.terminal.canvas import ASCII, Canvas

GIB = 2**30
GOLDEN = """\
Capacity of region loire (supply as seen in the cloud)
█ allocated  ▒ guaranteed  ░ declared  · free  ▶ beyond allocatable

SITE                                   FULL   SOLD  ALLOCATED  GUARANTEED      QUOTA  DECLARED  ALLOCATABLE  PHYSICAL
(region)
  floating ips  ██░░░░░░░░░░░░░░░░░▶   10 %  120 %          1           -          6        12           10        10
north
  vcpus         ████│██████████████▶  150 %   90 %        300          40          -       180          200        80
  memory        ██│███████░░░░░░░░··   50 %   90 %    500 GiB     100 GiB  unlimited   900 GiB     1000 GiB   1.5 TiB
  storage fast  ███████████████████▶   over   over      5 GiB           -          -         -          0 B         -
  servers                                                   4           -          -         9            -         -

ROOM FOR           NOW  HOST LOST  RACK LOST
north/general
  small           1230         60          0
  large            153          7          0
  free memory  465 GiB    120 GiB    -35 GiB
! north: without rack north/a1 3 servers find no other host

TENANT                           FULL  ALLOCATED  GUARANTEED      QUOTA  DECLARED
(nobody's)
  vcpus                                        2           -          -         -
alpha
  vcpus    █████│████··········  50 %          4           2          8         8
  memory                                       -           -      1 GiB         -
  servers  █████···············  25 %          1           -  unlimited         4
beta
  vcpus    ██··················   9 %         70          77        777       777

Read 2026-06-01 12:00:00 UTC; every part answered for every project.
"""


def test_every_layer_is_drawn_and_told() -> None:
    """Unknown is a dash, what is taken of nothing is over, a tenant's empty line is left out."""
    assert capacity_to_text(sample_view()) == GOLDEN


@pytest.mark.parametrize("width", [68, 79, 100, 160])
def test_a_terminal_is_never_too_narrow(width: int) -> None:
    """Columns go until the bar has room; sentences are wrapped."""
    view = sample_view(PARTS, Judgement(shortfalls=(SHORT,), misfits=(MISFIT,)))
    text = capacity_to_text(view, Canvas(width=width))
    assert max(map(len, text.splitlines())) <= width
    assert "FULL" in text


def test_more_room_shows_more() -> None:
    """Longer bars, further columns."""
    narrow, wide = (capacity_to_text(sample_view(), Canvas(width=width)) for width in (79, 160))
    assert "PHYSICAL" not in narrow
    assert "PHYSICAL" in wide
    assert max(map(len, wide.splitlines())) <= 160


def test_a_terminal_without_blocks_is_given_ascii() -> None:
    """Every character of it."""
    text = capacity_to_text(sample_view(), Canvas(signs=ASCII))
    assert text.isascii()
    assert "##|#######--------.." in text


def test_colours_change_nothing_but_colours() -> None:
    """Without them the text is the same; what is over its limit stands out."""
    plain, coloured = (capacity_to_text(sample_view(), Canvas(colours=colours)) for colours in (False, True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    assert "\x1b[1;31m150 %\x1b[0m" in coloured


def test_what_is_old_or_incomplete_is_said() -> None:
    """With age and error; a service's answer cannot command the terminal."""
    text = capacity_to_text(sample_view(PARTS))
    assert "! volume: 60 s old: no answer" in text
    assert "! network: never read: refused" in text
    assert "! identity: a list was cut" in text
    assert "! volume_quota: known for 25 % of the projects" in text
    assert "every part answered" not in text
    assert HOSTILE not in text
    assert "\x1b" not in text


def test_what_does_not_fit_is_said_in_the_words_of_validate() -> None:
    """Guaranteed sums and misfits; that is all that Does not fit."""
    text = capacity_to_text(sample_view(judged=Judgement(shortfalls=(SHORT,), misfits=(MISFIT,))))
    assert "Does not fit:\n  guaranteed shares do not fit at site north: 529 GiB of memory missing" in text
    assert "the loss of host north-2 is not survived" in text


def test_a_member_sees_nobody_else() -> None:
    """No site, no other member's figure, no host, no word of a service; its risk is told without them."""
    view = sample_view(PARTS, Judgement(shortfalls=(SHORT,), misfits=(MISFIT,))).of_tenant("alpha")
    text = capacity_to_text(view)
    assert "alpha" in text
    assert "the guaranteed shares of all members at its site exceed what is there: memory" in text
    assert "a part of the guaranteed share finds no host, after the loss of a host" in text
    assert "! volume: 60 s old\n" in text
    assert not re.search("beta|777|north|690|no answer|refused|was cut|nobody|ROOM", text)


def test_a_site_is_told_with_its_aggregates_and_tenants() -> None:
    """What is the region's, or another site's, is left out."""
    text = capacity_to_text(sample_view().of_site("north"))
    assert "north/general" in text
    assert "floating ips" not in text
    assert "Capacity of site north in region loire" in text
    assert "alpha" not in capacity_to_text(replace(sample_view(), site="").of_site("south"))


@pytest.mark.parametrize(
    ("layers", "drawn"),
    [
        (Layers(of=1000), "    "),
        (Layers(of=None, allocated=5), "    "),
        (Layers(of=1000, allocated=0), "...."),
        (Layers(of=1000, allocated=1), "#..."),
        (Layers(of=1000, allocated=500, guaranteed=700), "##=."),
        (Layers(of=1000, allocated=999), "###."),
        (Layers(of=1000, allocated=1000), "####"),
        (Layers(of=1000, allocated=1500), "###>"),
        (Layers(of=1000, declared=-1), "--->"),
        (Layers(of=0, allocated=1), "###>"),
        (Layers(of=0, allocated=0), "...."),
        (Layers(of=100, allocated=80, guaranteed=25, declared=100), "#|#-"),
    ],
)
def test_a_bar_shows_little_and_is_full_only_when_full(layers: Layers, drawn: str) -> None:
    """What is above 0 is seen, 99.9 % is not full, more than all is beyond."""
    assert bar(layers, 4, Canvas(signs=ASCII)) == drawn


def test_amounts_are_said_in_the_largest_fitting_unit() -> None:
    """One decimal at most; 1023.99 MiB is 1 GiB, not 1024 MiB."""
    sizes = (0, 1023, 1024, 1536 * 1024, GIB - 1, 5 * 2**60)
    assert [amount_text(Resource.DISK, size) for size in sizes] == [
        "0 B",
        "1023 B",
        "1 KiB",
        "1.5 MiB",
        "1 GiB",
        "5 EiB",
    ]
    assert amount_text(Resource.VCPUS, 2048) == "2048"
