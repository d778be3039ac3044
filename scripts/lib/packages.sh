# Installs Debian packages that are missing; needs no network when none is.

# The names in lists like scripts/packages/build.txt: the first word of each line.
listed_packages() { sed -E 's/#.*//; s/^[[:space:]]+//; s/[[:space:]].*//; /^$/d' "$@"; }

missing_packages() {
  command -v dpkg-query >/dev/null || fail "this needs Debian 12 (there is no dpkg here)"
  comm -23 <(listed_packages "$@" | sort -u) \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u)
}

as_root() {
  if ((EUID == 0)); then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "needs root, or sudo, to run: $*"
  fi
}

# install_packages LIST...: files of scripts/packages, without folder and ending.
install_packages() {
  local lists=("${@/#/$root/scripts/packages/}") missing
  mapfile -t missing < <(missing_packages "${lists[@]/%/.txt}")
  ((${#missing[@]} > 0)) || return 0
  say "installing from Debian: ${missing[*]}"
  {
    as_root apt-get -o DPkg::Lock::Timeout=300 -q update
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -q -y \
      --no-install-recommends install "${missing[@]}"
  } </dev/null >&2 || fail "Debian's packages could not be installed: ${missing[*]}"
}
