# The stubs that SDKs carry with them: made from proto/ by a command, committed, never edited.

# One line for each SDK: the command, which writes into the folder that it is given; the folder that
# the stubs are committed in; and the parts of it that hold nothing but stubs.
stubs=(
  "sdk/python/generate sdk/python/src chathub/v1 chathub/internal"
  "sdk/go/generate sdk/go chathubv1"
  "sdk/node/generate sdk/node wire"
)

# each_stub COMMAND...: calls it with two folders, as made now and as committed, for each part.
each_stub() {
  local line generate home parts part made code=0
  for line in "${stubs[@]}"; do
    read -r generate home parts <<<"$line"
    made=$(mktemp -d)
    "$generate" "$made" || code=1
    for part in $parts; do "$@" "$made/$part" "$home/$part" || code=1; done
    rm -rf "$made"
  done
  return "$code"
}

compare_stub() { diff -rq -x __pycache__ "$2" "$1" >&2; }

replace_stub() {
  compare_stub "$1" "$2" 2>/dev/null && return 0
  mkdir -p "$2"
  rm -rf "$2"
  cp -r "$1" "$2"
}

check_stubs() { each_stub compare_stub; }
repair_stubs() { each_stub replace_stub; }
