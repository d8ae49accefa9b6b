#!/usr/bin/env bash
# Injects faults into a real `touchline session` and checks after each that
#   - the file is unchanged, byte for byte, and no temporary file is left,
#   - the answer has the kind of the fault and a sentence without error numbers,
#   - the change is still in memory, and can be saved elsewhere at once,
#   - the change is in the journal: after a kill and a new start, the same map
#     is recovered, can be saved elsewhere, and leaves no journal behind.
#   tests/faults/faults.sh [the program, target/debug/touchline]
# Needs strace, cc, setpriv and mount; reports which tests it skips without them.
set -uo pipefail
cd "$(dirname "$0")/../.."
program=$(realpath "${1:-target/debug/touchline}")
here=$(realpath tests/faults)
map=$(realpath sample_maps/bank-account.journey.ron)
top=$(mktemp -d)
chmod 755 "$top"
# Another user, without access to the original, has to run it as well.
install -m 755 "$program" "$top/touchline"
program=$top/touchline
mounts=()
clean() { for m in "${mounts[@]}"; do umount "$m" 2>/dev/null; done; rm -rf "$top"; }
trap clean EXIT
good=0 bad=0

# start PREFIX…: a session started behind the fault injector.
start() {
  # strace -D is not the parent of the traced process: the process here is the
  # program.
  coproc driver { exec "$@" "$program" session --journals "$journals" 2>>"$top/err"; }
  process=$driver_PID to=${driver[1]} from=${driver[0]}
}

# say COMMAND: sends a command; its answer is in $answer.
say() { answer=; echo "$1" >&"$to"; read -r -t 60 -u "$from" answer; }

ended() { exec {to}>&-; wait "$process" 2>/dev/null; }
killed() { kill -KILL "$process"; wait "$process" 2>/dev/null; exec {to}>&-; }

has() { [[ $answer == *"$1"* ]] || wrong "$2: $answer"; }
wrong() { problem=${problem:-$1}; }

# The state of the file, or that it does not exist.
state() { stat -c '%F %i' "$folder/a.journey.ron" 2>&1; [[ -f $folder/a.journey.ron ]] && sha256sum "$folder/a.journey.ron"; }

# Runs a session up to the save that fails.
attempt() {
  eval "$setup"
  local before; before=$(state)
  start "${prefix[@]}"
  say "open $folder/a.journey.ron"; has '"ok":true' "not opened"
  say 'do AddNote(id: "n", text: "kept")'; has '"ok":true' "not changed"
  [[ -n $fault ]] && { eval "$fault"; before=$(state); }
  say save; saved=$answer
  has '"ok":false' "the save went well"; has "\"kind\":\"$kind\"" "another kind"
  [[ $answer != *'os error'* && $answer != *.bak* ]] || wrong "unclear: $answer"
  say status; has '"dirty":true' "the work is gone"
  [[ $before == "$(state)" ]] || wrong "the file changed"
  [[ -z $(find "$folder" -maxdepth 1 -name '.~*' 2>/dev/null) ]] || wrong "something is left beside"
}

# run NAME KIND SETUP FAULT [PREFIX…]: SETUP creates $folder/a.journey.ron; FAULT
# runs between the step and the save.
run() {
  local name=$1 kind=$2 setup=$3 fault=$4; shift 4
  prefix=("$@") problem=
  local elsewhere=$top/elsewhere mine
  journals=$top/journals
  rm -rf "$elsewhere" "$journals"; mkdir -m 777 "$elsewhere"
  # Others may not write where journals are, so the folder is that of who runs the program.
  mkdir -m 700 "$journals"; [[ ${prefix[0]:-} != setpriv ]] || chown 65534:65534 "$journals"
  # The session continues and saves elsewhere.
  attempt
  say "save-as $elsewhere/a.journey.ron"; has '"ok":true' "not saved elsewhere"
  grep -q kept "$elsewhere/a.journey.ron" 2>/dev/null || wrong "the work is not in the other file"
  say quit; has '"ok":true' "does not end"; ended
  [[ -z $(ls "$journals") ]] || wrong "a journal is left: $(ls "$journals")"
  # The session is killed, and its map is recovered.
  attempt
  say show; mine=$answer
  killed
  prefix=(); start
  say rescued; has '"torn":false' "no whole journal"; has '"set_aside":[]' "a journal was set aside"
  say 'take 0'; has '"ok":true' "not taken"
  say show; [[ $answer == "$mine" ]] || wrong "another map was rescued"
  say "save-as $elsewhere/b.journey.ron"; has '"ok":true' "the rescued map is not saved"
  cmp -s "$elsewhere/a.journey.ron" "$elsewhere/b.journey.ron" || wrong "the two files differ"
  say quit; ended
  [[ -z $(find "$journals" -name '*.journal') ]] || wrong "a journal is left: $(ls "$journals")"
  tell "$name" "$(sed 's/.*"error":"\([^"]*\)".*/\1/; s|/[^ ]*/||g' <<<"$saved")"
}

tell() {
  if [[ -z $problem ]]; then
    good=$((good + 1)); printf 'ok    %-44s %s\n' "$1" "${2:-}"
  else
    bad=$((bad + 1)); printf 'FAIL  %-44s %s\n' "$1" "$problem"
  fi
}

fresh='folder=$top/map; rm -rf "$folder"; mkdir -m 777 "$folder"; install -m 666 "$map" "$folder/a.journey.ron"'

if command -v strace >/dev/null; then
  inject() { local calls=$1 error=$2 when=$3; shift 3; run "$calls: $error" "$1" "$fresh" '' \
    strace -D -f -qq -o /dev/null -e "trace=$calls" -e "inject=$calls:error=$error:when=$when"; }
  # strace counts calls per thread. The first thread writes two answers before it
  # writes the file; its first flush and rename are those of the file. The journal's
  # thread gets the same faults and retries.
  for error in EIO ENOSPC EDQUOT; do
    kind=full; [[ $error == EIO ]] && kind=drive
    inject write $error 3 $kind
    inject fsync $error 1 $kind
  done
  inject renameat2,rename,renameat EIO 1 drive
  inject renameat2,rename,renameat ENOSPC 1 full
  # Held for longer than saving waits: seven attempts.
  inject renameat2 EACCES 1..7 denied
  inject renameat2 EBUSY 1..7 disk
  inject fsync ESTALE 1 drive
  inject write ETIMEDOUT 3 drive
  # A scanner holds the file for a moment: saving waits and succeeds.
  for error in EACCES EBUSY; do
    problem= journals=$top/scanned
    eval "$fresh"
    start strace -D -f -qq -o /dev/null -e trace=renameat2 -e inject=renameat2:error=$error:when=1..4
    say "open $folder/a.journey.ron"; say 'do AddNote(id: "n", text: "kept")'
    say save; has '"ok":true' "not saved"
    grep -q kept "$folder/a.journey.ron" || wrong "the work is not in the file"
    say quit; ended
    tell "rename: $error for a moment"
  done
  # A new file is there and whole, or it is said that it is not.
  for fault in renameat2:EIO renameat2,rename,renameat,link,linkat:EIO fsync:EIO fsync:EIO:2; do
    IFS=: read -r calls error when <<<"$fault"; problem=
    folder=$top/new; rm -rf "$folder"; mkdir "$folder"
    strace -D -f -qq -o /dev/null -e "trace=$calls" -e "inject=$calls:error=$error:when=${when:-1+}" \
      "$program" new "$folder/a.journey.ron" >/dev/null 2>"$top/said"
    code=$?
    [[ $code -eq 2 ]] || wrong "exit code $code"
    [[ $(wc -l <"$top/said") -eq 1 ]] || wrong "said: $(cat "$top/said")"
    [[ -z $(find "$folder" -name '.~*') ]] || wrong "something is left"
    tell "a new file, $fault" "$(sed 's|/[^ ]*/||g' "$top/said")"
  done
  # The file is renamed, but flushing the folder fails: the result is unknown, so
  # the map counts as unsaved.
  problem= journals=$top/unconfirmed
  eval "$fresh"
  start strace -D -f -qq -o /dev/null -e trace=fsync -e inject=fsync:error=EIO:when=2
  say "open $folder/a.journey.ron"; say 'do AddNote(id: "n", text: "kept")'
  say save; saved=$answer; has '"kind":"drive"' "the save went well"
  say status; has '"dirty":true' "it counts as saved"
  say quit; has '"kind":"dirty"' "it ends"
  say save; has '"ok":true' "not saved the second time"
  say quit; has '"ok":true' "does not end"; ended
  tell "fsync of the folder: EIO" "$(sed 's/.*"error":"\([^"]*\)".*/\1/; s|/[^ ]*/||g' <<<"$saved")"
else
  echo "no strace: injected errors left out"
fi

if mkdir "$top/small" && mount -t tmpfs -o size=1m tmpfs "$top/small" 2>/dev/null; then
  mounts+=("$top/small")
  mounted='folder=$top/small; mount -o remount,rw,size=1m "$folder"; rm -f "$folder"/*; cp "$map" "$folder/a.journey.ron"'
  run "the drive fills up" full "$mounted" 'head -c 2M /dev/zero >"$folder/filler" 2>/dev/null'
  run "no room from the start" full "$mounted; head -c 2M /dev/zero >\"\$folder/filler\" 2>/dev/null" ''
  run "the drive becomes read-only" read-only "$mounted" 'mount -o remount,ro "$folder"'
  run "a read-only mount" read-only "$mounted; mount -o remount,ro \"\$folder\"" ''
else
  echo "no mount: full and read-only drives left out"
fi

run "a write-protected file" read-only "$fresh; chmod 444 \"\$folder/a.journey.ron\"" ''
run "the file becomes write-protected" read-only "$fresh" 'chmod 444 "$folder/a.journey.ron"'
run "the folder is gone" no-folder "$fresh" 'rm -rf "$folder"'
run "the folder is renamed" no-folder "$fresh" 'rm -rf "$top/other"; mv "$folder" "$top/other"'
run "a folder stands in place of the file" disk "$fresh" 'rm "$folder/a.journey.ron"; mkdir "$folder/a.journey.ron"'
run "a pipe stands in place of the file" disk "$fresh" 'rm "$folder/a.journey.ron"; mkfifo "$folder/a.journey.ron"'
run "somebody else saves" changed "$fresh" 'echo "(title: \"Theirs\")" >"$folder/a.journey.ron"'

# Root is refused nothing: another user runs the program.
somebody=()
[[ $(id -u) -ne 0 ]] || somebody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
if [[ $(id -u) -ne 0 ]] || command -v setpriv >/dev/null; then
  open='chmod 777 "$top/map" 2>/dev/null;'
  run "permission for the folder withdrawn" read-only "$open $fresh" 'chmod 555 "$folder"' "${somebody[@]}"
  run "permission for the file withdrawn" read-only "$open $fresh" 'chmod 400 "$folder/a.journey.ron"' "${somebody[@]}"
  run "permission to look withdrawn" denied "$open $fresh" 'chmod 000 "$folder"' "${somebody[@]}"
  run "a folder that may only be read" read-only "$open $fresh; chmod 555 \"\$folder\"" '' "${somebody[@]}"
  run "the same, and a file with comments" read-only \
    "$open $fresh; sed -i '1i // by hand' \"\$folder/a.journey.ron\"; chmod 666 \"\$folder/a.journey.ron\"; chmod 555 \"\$folder\"" '' "${somebody[@]}"
else
  echo "no setpriv: withdrawn permissions left out"
fi

# A clock that goes backwards: nothing fails, nothing is lost or confused.
if cc -shared -fPIC -o "$top/clock.so" "$here/clock.c" 2>/dev/null; then
  problem= journals=$top/backwards
  eval "$fresh"
  back=(env LD_PRELOAD="$top/clock.so")
  start "${back[@]}"
  for command in "open $folder/a.journey.ron" 'do AddNote(id: "n", text: "kept")' \
    'do AddNote(id: "m", text: "gone")' undo save 'do AddNote(id: "o", text: "kept too")' look; do
    say "$command"; has '"ok":true' "$command"
  done
  say show; mine=$answer
  killed
  grep -q kept "$folder/a.journey.ron" || wrong "not saved"
  start "${back[@]}"
  say rescued; has '"steps":1' "not rescued"; has '"file":"as it was"' "the file seems changed"
  say 'take 0'; say show; [[ $answer == "$mine" ]] || wrong "another map was rescued"
  say save; has '"ok":true' "not saved"
  say quit; ended
  grep -q 'kept too' "$folder/a.journey.ron" || wrong "not saved after the rescue"
  [[ -z $(find "$journals" -name '*.journal') ]] || wrong "a journal is left"
  tell "the clock goes back an hour at every look"
else
  echo "no C compiler: the clock that goes backwards left out"
fi

echo "$good faults survived, $bad not"
[[ $bad -eq 0 ]]
