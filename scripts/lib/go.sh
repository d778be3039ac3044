# The Go that sdk/go and handlers/run are built with, in build/tools/go. Debian's is too old for them,
# but it fetches this one: a toolchain is a module like any other, and checked like any other.

go_version=1.22.12  # the oldest that we promise to work with, so that the tests keep the promise
go_folder=$build/tools/go
go_modules=(sdk/go handlers/run tests/conformance/go)

# install_go: needs no network when all is there.
install_go() {
  mkdir -p "$build/tools"
  (
    flock 9
    [[ $(head -n 1 "$go_folder/VERSION" 2>/dev/null) == "go$go_version" ]] || fetch_go
    local module
    for module in "${go_modules[@]}"; do (cd "$root/$module" && run_go mod download); done
    cd "$root/scripts/tools/go"
    run_go build -o "$build/tools/bin/" google.golang.org/protobuf/cmd/protoc-gen-go \
      google.golang.org/grpc/cmd/protoc-gen-go-grpc
  ) 9>"$build/tools/go.lock" >&2 || fail "Go $go_version could not be installed in $go_folder"
}

# A module has neither the bits that make files executable nor, where it would end it, a go.mod.
fetch_go() {
  [[ -x /usr/bin/go ]] || fail "/usr/bin/go is missing, which scripts/test installs from Debian"
  local module=golang.org/toolchain@v0.0.1-go$go_version.linux-$(dpkg --print-architecture) fetched
  fetched=$(cd "$build/tools" && env -u GOROOT -u GOFLAGS GOTOOLCHAIN=local \
    /usr/bin/go mod download -json "$module" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  [[ -n $fetched ]] || fail "the Go module proxy did not give $module"
  rm -rf "$go_folder"
  cp -r --no-preserve=mode "$fetched" "$go_folder.new"
  find "$go_folder.new" -name _go.mod -execdir mv {} go.mod \;
  find "$go_folder.new/bin" "$go_folder.new/pkg/tool" -type f -exec chmod +x {} +
  mv "$go_folder.new" "$go_folder"
}

run_go() { env -u GOROOT GOFLAGS=-mod=readonly GOTOOLCHAIN=local "$go_folder/bin/go" "$@"; }
