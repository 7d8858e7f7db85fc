# Short names; the work is done by scripts/. `make check` is what .ci/run calls, the other targets are its stages.
.PHONY: check lint types layers unit hosts region cloud dashboards setup demo stop

check:
	scripts/test.sh

lint types layers unit hosts region cloud:
	scripts/test.sh $@

dashboards: # monitoring/dashboards from monitoring/boards
	.venv/bin/python -m monitoring.boards

setup:
	scripts/setup.sh dev

demo:
	scripts/demo.sh

stop:
	scripts/demo.sh --stop
