#!/usr/bin/env bash
# Measures everything that sim/BENCH.md tells and writes it there: `bash .ci/bench/all.sh [options of beside.py]`. Takes
# about an hour on a quiet machine; nothing else should run meanwhile. With --parts '' the page is written from the lines
# that are there.
#
#   GOLGI_BENCH_LINES   file of the lines, .ci/bench/lines.jsonl unless given; lines are appended, so that a part can be
#                       measured again (--parts) or added to
#   GOLGI_BRIAN_PYTHON  a Python with Brian 2.11, else an environment is made with Python 3.13 (Brian 2.11 needs it)
#   GOLGI_NEST_PYTHON   a Python with NEST 3.10, else an environment is made with Python 3.11; "none" leaves NEST out
#   GOLGI_LIMIT         a further program NAME=PROGRAM that prints lines as limit_avx2 does
#
# Needs Go, g++, make, and an x86 processor with AVX2 and FMA for the limit.
set -euo pipefail
export PYTHONDONTWRITEBYTECODE=1
cd "$(dirname "$0")/../.."
here=.ci/bench
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# python VERSION finds a Python, also one that pyenv keeps off the path.
python() {
	local found
	for found in "python$1" "$(pyenv root 2>/dev/null)"/versions/"$1".*/bin/python; do
		if "$found" -c '' 2>/dev/null; then
			echo "$found"
			return
		fi
	done
	echo "all.sh: found no Python $1, expected python$1 on the path, pyenv's, or another one in GOLGI_BRIAN_PYTHON and GOLGI_NEST_PYTHON" >&2
	return 1
}

# environment NAME VERSION PACKAGE... gives the Python of a new environment.
environment() {
	local from
	from=$(python "$2") || return
	"$from" -m venv "$work/$1"
	"$work/$1/bin/pip" install --quiet --disable-pip-version-check "${@:3}" >&2
	echo "$work/$1/bin/python"
}

golgi=$work/golgi
go build -o "$golgi" .
go test -c -o "$work/golgi.test" .
brian=${GOLGI_BRIAN_PYTHON:-$(environment brian 3.13 brian2==2.11.0)}
nest=${GOLGI_NEST_PYTHON:-$(environment nest 3.11 nest-simulator==3.10.0 numpy)}
[ "$nest" = none ] && nest=

limits=()
if grep -qs 'avx2' /proc/cpuinfo; then
	gcc -O3 -mavx2 -mfma -o "$work/limit_avx2" $here/limit_avx2.c
	limits+=(--limit "C with AVX2=$work/limit_avx2")
fi
[ -n "${GOLGI_LIMIT:-}" ] && limits+=(--limit "$GOLGI_LIMIT")

lines=${GOLGI_BENCH_LINES:-$here/lines.jsonl}
python3 $here/beside.py --golgi "$golgi" --brian "$brian" ${nest:+--nest "$nest"} --benchmarks "$work/golgi.test" \
	"${limits[@]}" --output "$lines" "$@"
"$golgi" bench -report "$lines" -o "$work"
python3 $here/fill.py "$lines" "$work/bench.md" sim/BENCH.md
cp "$work/bench.svg" sim/bench.svg
