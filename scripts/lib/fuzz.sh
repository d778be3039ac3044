# The fuzz targets: a build of their own, with clang, in build-fuzz/. Needs build.sh.

fuzz_build=$root/build-fuzz

build_fuzz() {
  (cd "$root/tests/fuzz" && cmake --preset fuzz) </dev/null >&2 || fail "$fuzz_build could not be configured"
  compile "$fuzz_build"
}

# run_fuzz SECONDS [TARGET...]: each for so long, two at a time; all of them unless targets are named.
run_fuzz() {
  local seconds=$1 names
  shift
  names=$(IFS='|' && echo "$*")
  CHATHUB_FUZZ_SECONDS=$seconds ctest --test-dir "$fuzz_build" -j 2 --timeout $((seconds * 2 + 60)) \
    --output-on-failure --no-tests=error ${names:+-R "^fuzz_($names)$"} </dev/null
}
