#!/usr/bin/env bash
# Installs what the tests need, builds everything with all analyzers, runs every test project; ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results="$PWD/artifacts/test-results"

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

install() {
  local missing=()
  command -v openssl >/dev/null || missing+=(openssl)
  command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing+=(nginx)
  command -v busybox >/dev/null || missing+=(busybox)
  command -v dash >/dev/null || missing+=(dash)
  command -v mawk >/dev/null || missing+=(mawk)
  command -v gawk >/dev/null || missing+=(gawk)
  command -v stunnel4 >/dev/null || missing+=(stunnel4)
  [ -x /usr/sbin/sshd ] || missing+=(openssh-server)
  command -v ssh >/dev/null || missing+=(openssh-client)
  command -v nmap >/dev/null || missing+=(nmap)
  { command -v psql && ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1 || missing+=(postgresql)
  { command -v mariadbd || [ -x /usr/sbin/mariadbd ]; } >/dev/null 2>&1 || missing+=(mariadb-server)
  command -v keytool >/dev/null || missing+=(default-jre-headless)
  command -v redis-server >/dev/null || missing+=(redis-server)
  command -v memcached >/dev/null || missing+=(memcached)
  [ -x /usr/sbin/vsftpd ] || missing+=(vsftpd)
  [ -x /usr/sbin/exim4 ] || missing+=(exim4-daemon-light)
  [ -x /usr/sbin/slapd ] || missing+=(slapd)
  command -v chromium >/dev/null || missing+=(chromium)
  command -v pdftotext >/dev/null || missing+=(poppler-utils)
  [ -e /usr/lib/libreoffice/program/libsclo.so ] || missing+=(libreoffice-calc)
  command -v soffice >/dev/null || missing+=(libreoffice-writer)
  fc-list :lang=zh family 2>/dev/null | grep -q . || missing+=(fontconfig fonts-noto-cjk)
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "installing: ${missing[*]}"
  if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || echo "some packages could not be installed; their tests are skipped (and fail where CI=true)"
  else
    echo "cannot install here; tests of these tools are skipped (and fail where CI=true)"
  fi
}

# An independent parser of Java, where npm is at hand; its packages are WebAssembly, so none of their scripts has to run.
install_tree_sitter() {
  command -v node >/dev/null && command -v npm >/dev/null || { echo "without node and npm the comparison with tree-sitter is skipped"; return 0; }
  local from=tests/Probes.CodeSecurity.Tests/Java/Differential to=artifacts/tree-sitter
  cmp -s "$from/package-lock.json" "$to/package-lock.json" && [ -d "$to/node_modules" ] && return 0
  mkdir -p "$to" && cp "$from"/package*.json "$to" && npm ci --prefix "$to" --ignore-scripts --no-audit --no-fund --silent || echo "tree-sitter could not be installed: the comparison with it is skipped"
}

command -v dotnet >/dev/null || { echo "the .NET 10 SDK is needed"; exit 3; }
install
install_tree_sitter
rm -rf "$results" && mkdir -p "$results"
dotnet restore --nologo -v quiet || exit 1
dotnet build --no-restore --nologo -v quiet || { echo "0 passed, 1 failed"; exit 1; }

status=0
for project in tests/*.Tests; do
  name=$(basename "$project")
  echo "== $name"
  dotnet test "$project" --no-build --nologo -v quiet --logger "trx;LogFileName=$name.trx" --results-directory "$results" || status=1
done

counters() { cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*>' | grep -o "$1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{n+=$1} END {print n+0}'; }
total=$(counters total); passed=$(counters passed); failed=$(counters failed); executed=$(counters executed)
skipped=$((total - executed))
projects=$(ls -d tests/*.Tests | wc -l); reports=$(ls "$results"/*.trx 2>/dev/null | wc -l)
if [ "$reports" -ne "$projects" ]; then echo "only $reports of $projects test projects left a result"; failed=$((failed + projects - reports)); status=1; fi
[ "$passed" -gt 0 ] || status=1
[ "$failed" -eq 0 ] || status=1
if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
exit $status
