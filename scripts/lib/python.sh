# A Python with the current grpcio and protobuf of PyPI, in build/tools/python. Debian's own are those of
# /usr/bin/python3; sdk/python works with both and is tested with both.

python_folder=$build/tools/python
python_pins=$root/sdk/python/tests/requirements.txt

# install_python: needs no network when all is there.
install_python() {
  mkdir -p "$build/tools"
  (
    flock 9
    ! cmp -s "$python_pins" "$python_folder/requirements.txt" || exit 0
    rm -rf "$python_folder"
    /usr/bin/python3 -m venv "$python_folder"
    "$python_folder/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: \
      --requirement "$python_pins"
    cp "$python_pins" "$python_folder/requirements.txt"
  ) 9>"$build/tools/python.lock" </dev/null >&2 ||
    fail "grpcio and protobuf could not be installed in $python_folder"
}
