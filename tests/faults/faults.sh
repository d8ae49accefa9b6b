#!/usr/bin/env bash
# Injects faults under a real `touchline session` and checks after each that
# the old file is whole, the message is clear, the work is still there (in
# memory and in the journal) and a later save elsewhere succeeds.
#   tests/faults/faults.sh [the program, target/debug/touchline]
# Wants strace; what needs a mount is left out where one may not mount.
set -uo pipefail
cd "$(dirname "$0")/../.."
program=$(realpath "${1:-target/debug/touchline}")
map=$(realpath sample_maps/bank-account.journey.ron)
top=$(mktemp -d)
mounts=()
clean() { for m in "${mounts[@]}"; do umount "$m" 2>/dev/null; done; rm -rf "$top"; }
trap clean EXIT
good=0 bad=0

# run NAME KIND-EXPECTED FOLDER [strace options …]; the map is FOLDER/a.journey.ron
run() {
  local name=$1 kind=$2 folder=$3; shift 3
  local out=$top/out elsewhere=$top/elsewhere.journey.ron journals=$top/journals
  rm -rf "$elsewhere" "$journals"
  local before; before=$(sha256sum "$folder/a.journey.ron" 2>/dev/null)
  local command=("$program" session --journals "$journals")
  [[ $# -gt 0 ]] && command=(strace -f -qq -o /dev/null "$@" "${command[@]}")
  # The journal is written before the fault strikes: each answer is waited for.
  printf '%s\n' "open $folder/a.journey.ron" 'do AddNote(id: "n", text: "kept")' save status \
    "save-as $elsewhere" show quit | "${command[@]}" >"$out" 2>"$top/err"
  local after; after=$(sha256sum "$folder/a.journey.ron" 2>/dev/null)
  local saved; saved=$(sed -n 3p "$out")
  local problem=
  [[ $saved == *'"ok":false'* && $saved == *"\"kind\":\"$kind\""* ]] || problem="answer: $saved"
  [[ $before == "$after" ]] || problem="the file changed"
  sed -n 4p "$out" | grep -q '"dirty":true' || problem="the work is gone: $(sed -n 4p "$out")"
  grep -q kept "$elsewhere" 2>/dev/null || problem="not saved elsewhere: $(sed -n 5p "$out")"
  [[ -z $(find "$folder" -maxdepth 1 -name '.~????????' 2>/dev/null) ]] || problem="left something beside"
  if [[ -z $problem ]]; then
    good=$((good + 1)); printf 'ok    %-34s %s\n' "$name" "$(sed 's/.*"error":"\([^"]*\)".*/\1/; s|[^ ]*/||g' <<<"$saved")"
  else
    bad=$((bad + 1)); printf 'FAIL  %-34s %s\n' "$name" "$problem"
  fi
}

fresh() { rm -rf "$top/map"; mkdir "$top/map"; cp "$map" "$top/map/a.journey.ron"; echo "$top/map"; }

if command -v strace >/dev/null; then
  # strace counts calls in each thread by itself. The first thread writes two
  # answers before it writes the file; what it flushes and renames first is the file.
  # The journal's thread meets the same faults and tries again.
  for error in EIO ENOSPC EDQUOT; do
    kind=full; [[ $error == EIO ]] && kind=drive
    run "write: $error" $kind "$(fresh)" -e trace=write -e inject=write:error=$error:when=3
    run "fsync: $error" $kind "$(fresh)" -e trace=fsync -e inject=fsync:error=$error:when=1
  done
  run "rename: EIO" drive "$(fresh)" -e trace=renameat2,rename,renameat \
    -e inject=renameat2,rename,renameat:error=EIO:when=1
  run "drive gone: ESTALE at fsync" drive "$(fresh)" -e trace=fsync -e inject=fsync:error=ESTALE:when=1
else
  echo "no strace: injected errors left out"
fi

folder=$(fresh); chmod 444 "$folder/a.journey.ron"
run "write-protected file" read-only "$folder"

mkdir "$top/small"
if mount -t tmpfs -o size=64k tmpfs "$top/small" 2>/dev/null; then
  mounts+=("$top/small")
  cp "$map" "$top/small/a.journey.ron"
  run "full drive (64 kB tmpfs)" full "$top/small"
  rm -f "$top/small/a.journey.ron"; mount -o remount,size=1m "$top/small"
  cp "$map" "$top/small/a.journey.ron"; mount -o remount,ro "$top/small"
  run "read-only mount" read-only "$top/small"
else
  echo "no mount: full and read-only drives left out"
fi

folder=$(fresh); touch -d '2038-01-20' "$folder/a.journey.ron"; mkfifo "$top/gone.fifo"
(
  printf '%s\n' "open $folder/a.journey.ron" 'do AddNote(id: "n", text: "kept")'
  cat "$top/gone.fifo" >/dev/null
  printf '%s\n' save status "save-as $top/late.journey.ron" quit
) | "$program" session --journals "$top/j2" >"$top/out" &
driver=$!
sleep 1; rm -rf "$folder"; echo >"$top/gone.fifo"; wait $driver
if sed -n 3p "$top/out" | grep -q '"kind":"no-folder"' && grep -q kept "$top/late.journey.ron"; then
  good=$((good + 1)); echo "ok    folder gone"
else
  bad=$((bad + 1)); echo "FAIL  folder gone: $(sed -n 3p "$top/out")"
fi

echo "$good faults survived, $bad not"
[[ $bad -eq 0 ]]
