#!/bin/sh
# rust.sh RUSTC SRCDIR OUTDIR: compiles SRCDIR/rust.rs, and parking_lot where
# its sources are, into OUTDIR/librust_peers.a.
#
# Debian's packages bring the sources of crates, for cargo.  Cargo would do
# here, too, but it is one package more, writes to a directory of its own, and
# asks the network if a version is missing; seven crates do not need it.
#
# SPDX-License-Identifier: MIT

set -eu

rustc=$1
src=$2
out=$3
registry=${CARGO_REGISTRY:-/usr/share/cargo/registry}

# compile 'CRATE...' OPTION...: with those crates, as cargo does for a release.
compile() {
    used=$1
    shift
    for name in $used; do
        set -- --extern "$name=$out/lib$name.rlib" "$@"
    done
    "$rustc" -C opt-level=3 -C panic=abort -C metadata=interlock \
        --out-dir "$out" -L "dependency=$out" "$@"
}

# Prints the directory of a package's sources.
find_package() {
    for dir in "$registry/$1"-[0-9]*; do
        if [ -f "$dir/Cargo.toml" ]; then
            echo "$dir"
            return
        fi
    done
    return 1
}

# package NAME 'CRATE...' OPTION...: compiles one.  Warnings are for those who
# write it.
package() {
    dir=$(find_package "$1") || return
    name=$(echo "$1" | tr - _)
    crates=$2
    shift 2
    edition=$(sed -n 's/^edition = "\(.*\)"/\1/p' "$dir/Cargo.toml")
    compile "$crates" --crate-name "$name" --crate-type rlib \
        --edition "${edition:-2015}" --cap-lints allow "$@" "$dir/src/lib.rs"
}

# The --cfg are what build.rs of each finds for any rustc since 1.62.
parking_lot() {
    find_package parking_lot >/dev/null &&
        package cfg-if '' &&
        package scopeguard '' &&
        package smallvec '' &&
        package libc '' --cfg 'feature="std"' \
            --cfg libc_priv_mod_use --cfg libc_union \
            --cfg libc_const_size_of --cfg libc_align --cfg libc_int128 \
            --cfg libc_core_cvoid --cfg libc_packedN \
            --cfg libc_cfg_target_vendor --cfg libc_non_exhaustive \
            --cfg libc_ptr_addr_of --cfg libc_underscore_const_names \
            --cfg libc_const_extern_fn &&
        package lock_api scopeguard --cfg has_const_fn_trait_bound &&
        package parking_lot_core 'cfg_if libc smallvec' &&
        package parking_lot 'lock_api parking_lot_core'
}

mkdir -p "$out"
if parking_lot; then
    set -- parking_lot --cfg with_parking_lot
else
    echo 'rust.sh: parking_lot is left out.'
    set -- ''
fi
compile "$@" --crate-name rust_peers --crate-type staticlib --edition 2021 \
    "$src/rust.rs"
