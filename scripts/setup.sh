#!/usr/bin/env bash
# Make the product's Python environment: scripts/setup.sh [run|hosts|dev|policy]   (default: run)
# Where: .venv of this checkout, or MUTUALIS_VENV. Which Python (3.11 or later): found on PATH, or MUTUALIS_PYTHON.
set -euo pipefail
# shellcheck source=scripts/lib/environment.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/environment.sh"

case "${1:-run}" in
run | hosts | dev | policy) ensure_environment "${1:-run}" ;;
*) fail "unknown kind of environment: $1" "run, hosts (with Ansible), dev (with the tools of tests), policy (with what the policy pack needs)" ;;
esac
echo "$venv/bin/mutualis"
