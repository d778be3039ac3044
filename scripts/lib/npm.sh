# What comes from npm: Node.js where the system's is too old, and packages pinned by lock files. All of
# it lies in the build folder, out of the sources' way. Needs build.sh and packages.sh.

# install_from_npm FROM TO: what FROM/package-lock.json pins, in TO; nothing if it is there already.
install_from_npm() {
  cmp -s "$1/package-lock.json" "$2/package-lock.json" && return 0
  command -v npm >/dev/null || install_packages npm
  say "installing from npm: $1"
  mkdir -p "$2"
  cp "$1/package.json" "$2/"
  (cd "$2" && cp "$1/package-lock.json" package-lock.json &&
    npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier) </dev/null >&2 && return 0
  rm -f "$2/package-lock.json"
  fail "npm could not install $1"
}

# What the SDK asks for.
node_is_new() { node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null; }

# link_modules FOLDER MODULES: Node finds them from there.
link_modules() {
  [[ $1/node_modules -ef $2 ]] && return 0
  rm -rf "$1/node_modules"
  ln -s "$2" "$1/node_modules"
}

install_node() {
  node_is_new || install_from_npm "$root/scripts/tools/node" "$build/node/runtime"
  install_from_npm "$root/sdk/node" "$build/node/packages"
  link_modules "$root/sdk/node" "$build/node/packages/node_modules"
  # Handlers have the SDK and nothing else.
  mkdir -p "$build/node/handlers"
  ln -sfn "$root/sdk/node" "$build/node/handlers/chathub"
  local package
  for package in "$root"/handlers/*/package.json; do
    link_modules "${package%/*}" "$build/node/handlers"
  done
}

# use_node: Node.js 20 or later is in PATH, and sdk/node and the handlers have their packages.
use_node() {
  mkdir -p "$build/node"
  # One at a time: tests run side by side.
  (flock 9 && install_node) 9>"$build/node/lock"
  node_is_new || PATH=$(echo "$build"/node/runtime/node_modules/node-linux-*/bin):$PATH
  export PATH
}
