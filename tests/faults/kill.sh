#!/usr/bin/env bash
# Kills a real `touchline session` at random moments and checks the remaining files.
#   tests/faults/kill.sh [how often, 1000]
set -euo pipefail
cd "$(dirname "$0")/../.."
KILLS=${1:-1000} cargo test --quiet --test faults -- --nocapture killed
