"""The figures of `mutualis capacity`: at a terminal, as JSON, as a page. One view, three renderers."""
