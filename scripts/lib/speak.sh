# What every script begins with: where the sources are, and how to speak to people (on stderr).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

say() { printf 'chathub: %s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# fail_usage OPTION
fail_usage() {
  say "unknown option: $1 (see scripts/${0##*/} --help)"
  exit 2
}

# Prints the comment at the top of a script, which is its help.
print_help() { sed -n '2,/^[^#]/ s/^# \{0,1\}//p' "$1"; }

# phase NAME COMMAND...: runs it and says how long it took. Its exit code is the command's.
phase() {
  local name=$1 began=$SECONDS code=0
  shift
  "$@" || code=$?
  say "$name: $((SECONDS - began)) s"
  return "$code"
}
