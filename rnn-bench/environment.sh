# What the scripts here have in common; to be sourced, with `root` set and `program` the name for messages.

target=$root/rnn-bench/target
peers=$root/rnn-bench/peers
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
maven=$(command -v mvn || echo "$root/mvnw")

say() {
  echo "$program: $*" >&2
}

fail() {
  say "$1"
  exit "${2:-1}"
}

# Runs a command into a log that is shown when it fails.
logged() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 </dev/null
}

build_rnn4j() {
  say "building rnn-bench …"
  logged "$target/build.log" "$maven" -q -B -ntp -pl rnn-bench -am compile dependency:build-classpath \
    -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime \
    -Dspotless.check.skip -Denforcer.skip -Djacoco.skip || {
    cat "$target/build.log" >&2
    fail "the build failed, see above"
  }
}

# Options that send pip where it finds something. Where pip's own index is out of reach, an install waits for it for minutes;
# the first of the extra indexes that pip is configured with then takes its place.
pip_index() {
  local pip=$1 extra
  if [ -n "$("$pip" config get global.index-url 2>/dev/null)" ] || [ -n "${PIP_INDEX_URL:-}" ]; then
    return
  fi
  if "$(dirname "$pip")/python" -c 'import urllib.request as u; u.urlopen("https://pypi.org/simple/pip/", timeout=5)' 2>/dev/null; then
    # PyTorch's builds without CUDA, which are a tenth of the size
    echo "--extra-index-url https://download.pytorch.org/whl/cpu"
    return
  fi
  extra=$("$pip" config get global.extra-index-url 2>/dev/null || true)
  extra=${extra%%[[:space:]]*}
  [ -z "$extra" ] || echo "--index-url $extra"
}

# An environment with the peers' packages, made once for each version of the requirements; sets `python`.
make_environment() {
  local venv=$target/peers-venv stamp requirement index
  stamp=$venv/requirements.stamp
  if [ ! -x "$venv/bin/python" ] || ! cmp -s "$peers/requirements.txt" "$stamp"; then
    command -v python3 >/dev/null || return 1
    say "installing the peers' Python packages, see $venv/pip.log …"
    rm -rf "$venv"
    python3 -m venv "$venv" || return 1
    index=$(pip_index "$venv/bin/pip")
    while IFS= read -r requirement; do
      case $requirement in
        '' | '#'*) continue ;;
      esac
      say "  $requirement"
      # shellcheck disable=SC2086 # the index is two words or none
      "$venv/bin/pip" install --disable-pip-version-check --retries 1 $index "$requirement" \
        >>"$venv/pip.log" 2>&1 </dev/null || say "  … could not be installed"
    done <"$peers/requirements.txt"
    cp "$peers/requirements.txt" "$stamp"
  fi
  python=$venv/bin/python
}
