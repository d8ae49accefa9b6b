#!/usr/bin/env bash
# Simulates power cuts during a real `touchline session`: an ext4 file system is
# shut down while a map is being saved, and mounted again. Afterwards
#   - the file is a complete version, the newest answered as saved or a later one,
#   - the recovered map, or without one the file, is the last map.
#   tests/faults/power.sh [how often, 50] [the program, target/debug/touchline]
# Needs permission to mount, cc and mkfs.ext4; reports a missing one and skips.
set -uo pipefail
cd "$(dirname "$0")/../.."
times=${1:-50}
program=$(realpath "${2:-target/debug/touchline}")
map=$(realpath sample_maps/bank-account.journey.ron)
top=$(mktemp -d) disk=
trap '[[ -z $disk ]] || umount "$disk" 2>/dev/null; rm -rf "$top"' EXIT
left_out() { echo "power cuts left out: $1"; exit 0; }

cc -o "$top/cut" tests/faults/cut.c || left_out "no C compiler"
truncate -s 64M "$top/image"
mkfs.ext4 -q "$top/image" || left_out "no mkfs.ext4"
mkdir "$top/disk"
# Without ext4's protection of programs that do not flush.
plug_in() { mount -o loop,noauto_da_alloc "$top/image" "$top/disk" && disk=$top/disk; }
pull_out() { umount "$disk"; }
plug_in || left_out "not allowed to mount"
pull_out

start() {
  coproc driver { exec "$program" session --journals "$disk/journals" 2>>"$top/err"; }
  process=$driver_PID to=${driver[1]} from=${driver[0]}
}
say() { answer=; echo "$1" >&"$to"; read -r -t 60 -u "$from" answer; }
killed() { kill -KILL "$process"; wait "$process" 2>/dev/null; exec {to}>&-; }
wrong() { echo "cut $cut: $1"; bad=$((bad + 1)); }

declare -A outcomes=()
count() { outcomes[$1]=$((${outcomes[$1]:-0} + 1)); }
bad=0
for ((cut = 1; cut <= times; cut++)); do
  plug_in || exit 1
  rm -rf "$disk"/journals "$disk"/a.journey.ron* "$disk"/.~*
  cp "$map" "$disk/a.journey.ron"
  sync -f "$disk"
  start
  say "open $disk/a.journey.ron"; say show
  # The map at each save; the index of the newest saved version.
  versions=("$answer") saved=0
  steps=$((RANDOM % 8 + 1))
  for ((step = 1; step <= steps; step++)); do
    printf -v text '%*s' $((RANDOM % 9000 + 1)) ''
    say "do AddNote(id: \"n$step\", text: \"${text// /x}\")"; say show; last=$answer
    if ((step == steps)); then "$top/cut" "$disk" $((RANDOM % 20000)) & cutter=$!; fi
    if ((step == steps || RANDOM % 3)); then
      versions+=("$last")
      say save
      [[ $answer != *'"ok":true'* ]] || saved=$((${#versions[@]} - 1))
    fi
  done
  wait "$cutter"
  killed
  pull_out; plug_in || exit 1
  start
  say rescued
  [[ $answer == *'"set_aside":[]'* ]] || wrong "a journal was set aside: $answer"
  if [[ $answer == *'"maps":[]'* ]]; then
    count "nothing to rescue: all of it was saved"
  else
    count "rescued"
    say 'take 0'; say show
    [[ $answer == "$last" ]] || wrong "not what was there last was rescued"
    say discard; last=
  fi
  say "open $disk/a.journey.ron"; say show
  whole=-1
  for version in "${!versions[@]}"; do [[ ${versions[$version]} != "$answer" ]] || whole=$version; done
  ((whole >= 0)) || wrong "the file is no whole version"
  ((whole >= saved)) || wrong "the file is older than what was answered to be saved"
  [[ -z $last || $answer == "$last" ]] || wrong "something is missing"
  if ((whole == ${#versions[@]} - 1)); then count "file: the newest version"; else count "file: an older version"; fi
  killed
  pull_out
done
echo "$times power cuts, $bad faults"
for what in "${!outcomes[@]}"; do printf '%6s  %s\n' "${outcomes[$what]}" "$what"; done | sort -k2
[[ $bad -eq 0 ]]
