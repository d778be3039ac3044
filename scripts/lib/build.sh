# Builds in build/, or where CHATHUB_BUILD says that a configured build is.

build=${CHATHUB_BUILD:-$root/build}

# configure PRESET FOLDER: CMake repeats it by itself when its files change, but not for the presets,
# nor when what it did not find has been installed.
configure() {
  [[ $2 != "${CHATHUB_BUILD:-}" ]] || return 0
  [[ ! $2/build.ninja -nt $root/CMakePresets.json || ! $2/build.ninja -nt /var/lib/dpkg/status ]] ||
    return 0
  say "configuring $2"
  (cd "$root" && cmake --preset "$1") </dev/null >&2 || fail "$2 could not be configured"
  touch "$2/build.ninja"
}

# compile FOLDER [TARGET...]: everything, unless targets are named.
compile() {
  local folder=$1
  shift
  cmake --build "$folder" --parallel "$(nproc)" ${1:+--target "$@"} </dev/null >&2 ||
    fail "$folder could not be built"
}
