#!/bin/sh
# 两份 README 里的图：由本工具对演示系统的核验结果生成。用法：src/Workbench/Pictures/take.sh [放着证据包 careless 的目录]
# Takes the pictures of the READMEs anew: runs the demonstration, opens the workbench on its pack and photographs the pages.
# Needs curl and chromium (SECURITYCHECK_CHROMIUM names another one); SECURITYCHECK names another way to start the tool.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
tool=${SECURITYCHECK:-"$here/../../../securitycheck"}
browser=${SECURITYCHECK_CHROMIUM:-chromium}
work=$(mktemp -d)
server=""
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT INT TERM

packs=${1:-"$work/packs"}
[ -d "$packs/careless" ] || $tool demo --no-pdf --out "$packs/careless" >"$work/demo.txt"

# NAME WIDTH HEIGHT ADDRESS
shot() {
  "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 --user-data-dir="$work/browser" \
    --window-size="$2,$3" --screenshot="$here/$1.png" "$4" >"$work/browser.log" 2>&1
  say "$here/$1.png"
}

say() { printf '%s\n' "$*"; }

$tool serve "$packs" >"$work/serve.txt" 2>"$work/serve.log" &
server=$!
until grep -q 'token=' "$work/serve.txt"; do kill -0 "$server"; sleep 1; done
entrance=$(grep -o 'http://127.0.0.1:[0-9]*/enter?token=[0-9a-f]*' "$work/serve.txt")
root=${entrance%/enter*}
ask() { curl -sS --noproxy '*' -b "$work/cookies" -c "$work/cookies" "$@"; }
ask "$entrance" -o "$work/entered"
ask "$root/style.css" -o "$work/style.css"

# A page as the workbench gave it, with its one style sheet beside it: NAME WIDTH HEIGHT PATH
page() {
  ask "$root$4" | sed 's#href="/style.css"#href="style.css"#' >"$work/$1.html"
  shot "$1" "$2" "$3" "file://$work/$1.html"
}

in_language() { ask "$root/language?to=$1" -o "$work/switched"; }

certificate=$(ask "$root/p/careless/evidence" | grep -o 'evidence/view?id=[^"]*' | while read -r view; do
  if ask "$root/p/careless/$view" | grep -q 'class="certificate"'; then say "$view"; break; fi
done)
item=$(ask "$root/p/careless/open" | grep -o 'open/item?k=item[^"]*' | head -n 1 | sed 's/&amp;/\&/g')

for language in zh en; do
  in_language "$language"
  page "overview-$language" 1100 800 "/p/careless/"
  page "clauses-$language" 1100 640 "/p/careless/clauses"
  page "answer-$language" 1100 900 "/p/careless/$item"
  page "evidence-$language" 1100 800 "/p/careless/$certificate"
  page "findings-$language" 1100 800 "/p/careless/findings?severity=critical"
done
