#!/usr/bin/env bash
# Machine code for arm64 on a processor of another kind: `bash .ci/arm64.sh SCRATCH`. The encoder is compared with an
# assembler; what it writes runs in an emulator and is held against its meaning. Where the two programs are not installed
# they are taken out of packages of Debian into SCRATCH, so that nobody need be root.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$1

fetch() {
	local apt=$scratch/apt
	mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$apt/tools"
	local options=(-qq -o "Dir::State=$apt/state" -o Dir::State::status=/var/lib/dpkg/status -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=)
	apt-get "${options[@]}" update
	(cd "$apt" && apt-get "${options[@]}" download qemu-user-static binutils-aarch64-linux-gnu libbinutils)
	dpkg-deb --fsys-tarfile "$apt"/qemu-user-static_*.deb | tar -x -C "$apt/tools" ./usr/bin/qemu-aarch64-static
	for package in "$apt"/*binutils*.deb; do
		dpkg-deb -x "$package" "$apt/tools"
	done
	PATH=$apt/tools/usr/bin:$PATH
	export LD_LIBRARY_PATH=$apt/tools/usr/lib/$(uname -m)-linux-gnu
}

emulator() { command -v qemu-aarch64 || command -v qemu-aarch64-static; }

if ! emulator >/dev/null || ! command -v aarch64-linux-gnu-as >/dev/null; then
	if ! command -v apt-get >/dev/null; then
		echo "skipped: found neither qemu-aarch64 with aarch64-linux-gnu-as nor apt-get"
		exit
	fi
	fetch
fi
go test ./sim/internal/native/arm64
# Signals in an emulator take their time.
GOARCH=arm64 CGO_ENABLED=0 go test -exec "$(emulator)" -timeout 300s -skip Signals ./sim/internal/native
