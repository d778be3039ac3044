# Programs that run beside a script: each has a name, a log file, and ends with the script at the
# latest, even if that is killed. `logs`, the folder for their logs, is set by the script.

# Process ids by name.
declare -A running=()

# run_beside NAME COMMAND...: starts it in a session of its own, where Ctrl-C does not reach it.
run_beside() {
  local name=$1
  shift
  setpriv --pdeathsig TERM -- setsid "$@" </dev/null >"$logs/$name.log" 2>&1 &
  running[$name]=$!
}

is_running() { kill -0 "${running[$1]}" 2>/dev/null; }

# await_any NAME...: sets `ended` to one of them that ended; its exit code is the program's. A signal
# for which the script has a trap does not disturb it.
await_any() {
  local name pids=()
  for name; do pids+=("${running[$name]}"); done
  while :; do
    for name; do
      is_running "$name" && continue
      ended=$name
      wait "${running[$name]}" || return
      return 0
    done
    # Its own answer is not to be trusted: it forgets programs that ended before it was called.
    wait -n "${pids[@]}" 2>/dev/null || :
  done
}

# show_end NAME: how and why it ended.
show_end() {
  local code=0 how
  wait "${running[$1]}" || code=$?
  how="with exit code $code"
  ((code <= 128)) || how="by SIG$(kill -l "$code")"
  say "$1 ended $how; the last lines of $logs/$1.log:"
  tail -n 20 "$logs/$1.log" >&2
}

# end_all SECONDS NAME...: asks them to end, and after so many seconds makes them.
end_all() {
  local until=$((SECONDS + $1)) name
  shift
  for name; do kill -TERM "${running[$name]}" 2>/dev/null || :; done
  for name; do
    while is_running "$name" && ((SECONDS <= until)); do sleep 0.02; done
    kill -KILL "${running[$name]}" 2>/dev/null && say "$name did not end and was killed"
    unset "running[$name]"
  done
}
