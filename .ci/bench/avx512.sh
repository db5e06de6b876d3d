#!/bin/sh
# Runs the tests of sim/internal/native on an emulated processor with AVX-512, for machines that have none: Bochs boots
# Debian's cloud kernel with the static test binary as its only program. Minutes, not seconds, so not part of .ci/run.
#
#   .ci/bench/avx512.sh [argument of the test binary ...]      for example -test.run TestConforms/avx512/Random
#
# Needs Debian as root (packages are installed); what is made stays in $AVX512_WORK (default: avx512 below the system's
# directory for temporary files), so that a second run starts at once. The exit status is that of the tests.
set -eu
tree=$(cd "$(dirname "$0")/../.." && pwd)
work=${AVX512_WORK:-${TMPDIR:-/tmp}/avx512}
cpu=${AVX512_CPU:-corei7_skylake_x}
limit=${AVX512_LIMIT:-3600} # seconds
mkdir -p "$work/kernel" "$work/system/bin" "$work/iso/boot/grub"

need() {
	for package in bochs bochs-term bochsbios python3 perl vgabios busybox-static grub-pc-bin grub-common xorriso mtools cpio; do
		dpkg -s "$package" >/dev/null 2>&1 || missing="${missing:-} $package"
	done
	[ -z "${missing:-}" ] || { apt-get update -q && apt-get install -qy --no-install-recommends $missing; } >"$work/install.log" 2>&1
}

kernel() {
	[ -e "$work/iso/boot/vmlinuz" ] && return
	name=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/.*Depends: //p' | head -n 1)
	(cd "$work" && apt-get download -q "$name" >>install.log 2>&1 && dpkg-deb -x "$name"_*.deb kernel)
	cp "$work"/kernel/boot/vmlinuz-* "$work/iso/boot/vmlinuz"
}

# Bochs 2.7 shifts by exactly 64 in VPSRAVQ as if by 0, where a processor fills with the sign (later releases do). In a
# copy the four comparisons with 64 become such with 63.
emulator() {
	LC_ALL=C perl -0777 -pe 's/(\x48\xc1\xfa\x3f\x48\xd3\xfb\x48\x83\xf9)\x40/$1\x3f/g' "$(command -v bochs-bin)" >"$work/bochs"
	chmod +x "$work/bochs"
	[ "$(cmp -l "$(command -v bochs-bin)" "$work/bochs" | wc -l)" = 4 ] || echo "another Bochs than 2.7: shifts by 64 are as it makes them" >&2
}

# The whole system: a shell, /proc and the tests. The output goes to the serial port, with the status at its end.
initramfs() {
	cp "$(command -v busybox)" "$work/system/bin/busybox"
	(cd "$tree" && CGO_ENABLED=0 GOARCH=amd64 go test -c -o "$work/system/bin/native.test" ./sim/internal/native)
	cat >"$work/system/init" <<END
#!/bin/busybox sh
/bin/busybox mkdir -p /proc /dev /tmp
/bin/busybox mount -t proc none /proc
/bin/busybox mount -t devtmpfs none /dev
/bin/busybox grep -q avx512dq /proc/cpuinfo || { echo "no AVX-512 here"; /bin/busybox grep flags /proc/cpuinfo; }
cd /tmp
/bin/native.test$(for argument; do printf " '%s'" "$argument"; done)
echo "status=\$?"
/bin/busybox sleep 2 # until the serial port has sent all
/bin/busybox poweroff -f
END
	chmod +x "$work/system/init"
	(cd "$work/system" && find . | cpio -o -H newc --quiet | gzip -1 >"$work/iso/boot/initramfs")
}

image() {
	cat >"$work/iso/boot/grub/grub.cfg" <<END
set timeout=0
menuentry tests {
	linux /boot/vmlinuz console=ttyS0 quiet noxsaves clearcpuid=xsavec,xsaves mitigations=off nokaslr noapic nosmp tsc=reliable lpj=100000 random.trust_cpu=on panic=-1
	initrd /boot/initramfs
}
END
	grub-mkrescue -o "$work/tests.iso" "$work/iso" >"$work/image.log" 2>&1
	cat >"$work/bochsrc" <<END
cpu: model=$cpu, count=1, ips=100000000, reset_on_triple_fault=0
memory: guest=1024, host=1024
romimage: file=/usr/share/bochs/BIOS-bochs-latest
vgaromimage: file=/usr/share/vgabios/vgabios.bin
ata0-master: type=cdrom, path="$work/tests.iso", status=inserted
boot: cdrom
display_library: term
com1: enabled=1, mode=file, dev="$work/serial"
clock: sync=none
log: $work/bochs.log
panic: action=fatal
error: action=report
info: action=ignore
plugin_ctrl: speaker=0, es1370=0, sb16=0
END
	printf 'continue\nquit\n' >"$work/debugger" # Debian's Bochs has its debugger built in, which waits for a word
}

need
kernel
emulator
initramfs "$@"
image
rm -f "$work/serial"
# The debugger wants a terminal. The screen is another, which somebody must read: one that is full stops the machine.
: >"$work/console"
TERM=xterm python3 -c 'import pty, sys; pty.spawn(sys.argv[1:])' timeout --foreground -s KILL "$limit" \
	"$work/bochs" -q -f "$work/bochsrc" -rc "$work/debugger" >"$work/console" 2>&1 </dev/null &
machine=$!
screen=
while [ -z "$screen" ] && kill -0 "$machine" 2>/dev/null; do
	sleep 1
	screen=$(sed -n 's/.*connected to screen "\([^"]*\)".*/\1/p' "$work/console" | head -n 1)
done
[ -z "$screen" ] || cat "$screen" >/dev/null 2>&1 &
wait "$machine" || true
cat "$work/serial"
! grep -q 'no AVX-512 here' "$work/serial" && grep -q 'status=0' "$work/serial"
