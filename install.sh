#!/bin/sh
# Builds the C library of Exequatur and installs it below a prefix, as C and C++ projects expect to find one: headers,
# shared library with soname, archive, pkg-config file, CMake package, the notices of all that is linked in.
#
# It needs Rust and a C compiler, nothing else. Each file is put in its place by renaming it, so that a program which
# runs or builds beside it never meets half a library. What is built does not depend on the folder it was built in: the
# places of the sources are taken out of it. Shared library and archive are built each by its own run of cargo, because
# asking cargo for both at once loses the optimisation across crates.
set -eu
export LC_ALL=C # names are put in one order everywhere

usage() {
  cat <<'END'
usage: ./install.sh [OPTION]...

Builds the C library of Exequatur and installs it.

  --prefix DIR         where it is to be found afterwards (default /usr/local)
  --libdir DIR         where below the prefix the libraries go (default lib), for example lib64
  --destdir DIR        put in front of the prefix while copying, for building packages
  --profile NAME       release (default) or dev: quick to build, slow, with debug information
  --without-compiler   evaluation, JSON and texts only; rule source cannot be compiled
  --without-signatures no signed packs: they are refused, and no cryptography is linked in
  --std-notices FILE   the notices of Rust's standard library, if your Rust came without them
  --help               this text

CARGO names another cargo. CARGO_TARGET_DIR, CARGO_BUILD_TARGET and RUSTFLAGS hold as for cargo itself; flags that
stand in a configuration file of cargo do not, because RUSTFLAGS goes before them.
END
}

fail() {
  printf 'install.sh: %s\n' "$1" >&2
  exit "${2:-1}"
}

# A path as it is from everywhere.
absolute() {
  case $1 in
    /*) printf '%s\n' "$1" ;;
    *) printf '%s/%s\n' "$PWD" "$1" ;;
  esac
}

prefix=/usr/local
libdir=lib
destdir=
profile=release
compiler=,compiler
sign=,sign
std_notices=
while [ $# -gt 0 ]; do
  option=$1
  shift
  case $option in
    --prefix=* | --libdir=* | --destdir=* | --profile=* | --std-notices=*)
      value=${option#*=}
      option=${option%%=*}
      ;;
    --prefix | --libdir | --destdir | --profile | --std-notices)
      [ $# -gt 0 ] || fail "\`$option\` needs a value; see \`./install.sh --help\`" 2
      value=$1
      shift
      ;;
  esac
  case $option in
    --prefix) prefix=$value ;;
    --libdir) libdir=${value%/} ;;
    --destdir) destdir=$value ;;
    --profile) profile=$value ;;
    --std-notices) std_notices=$(absolute "$value") ;;
    --without-compiler) compiler= ;;
    --without-signatures) sign= ;;
    --help | -h) usage && exit 0 ;;
    *) fail "unknown option \`$option\`; see \`./install.sh --help\`" 2 ;;
  esac
done
case $profile in
  release | dev) ;;
  *) fail "unknown profile \`$profile\`: expected \`release\` or \`dev\`" 2 ;;
esac
features=capi$compiler$sign
[ -n "$prefix" ] || fail "\`--prefix\` is empty" 2
prefix=$(absolute "$prefix")
case /$libdir/ in
  // | //* | */../* | */./*) fail "\`--libdir\` is a folder below the prefix, not \`$libdir\`" 2 ;;
esac
[ -z "$destdir" ] || destdir=$(absolute "$destdir")
place=$destdir$prefix

cd "$(dirname "$0")"
source=$(pwd -P)
cargo=${CARGO:-cargo}
if ! command -v "$cargo" >/dev/null 2>&1 && [ -x "${HOME:-}/.cargo/bin/cargo" ]; then
  PATH=$HOME/.cargo/bin:$PATH
fi
field() { sed -n "s/^$1 = \"\\(.*\\)\"\$/\\1/p" Cargo.toml | head -n 1; }
command -v "$cargo" >/dev/null 2>&1 ||
  fail "\`$cargo\` was not found: install Rust $(field rust-version) or later, or name it in CARGO"
rustc=${RUSTC:-rustc}
about=$("$rustc" -vV) || fail "\`$rustc\` does not run: install Rust $(field rust-version) or later, or name it in RUSTC"

version=$(field version)
[ -f include/exequatur.h ] || fail "\`include/exequatur.h\` is missing: the source tree is not whole"
abi=$(sed -n 's/^#define EXQ_ABI_VERSION \([0-9][0-9]*\).*/\1/p' include/exequatur.h)
[ -n "$abi" ] || fail "\`include/exequatur.h\` does not define EXQ_ABI_VERSION"
target=${CARGO_BUILD_TARGET:-$(printf '%s\n' "$about" | sed -n 's/^host: //p')}
case $target in
  *-windows-*) fail "installing for \`$target\` is not supported; see docs/PLATFORMS.md" ;;
  *-apple-*)
    shared=libexequatur.$abi.dylib
    link=libexequatur.dylib
    soname=@rpath/$shared
    shared_flags="-C link-arg=-Wl,-install_name,$soname"
    ;;
  *)
    shared=libexequatur.so.$abi
    link=libexequatur.so
    soname=$shared
    # A library of Rust's cannot be unloaded while a thread may still run its destructors.
    shared_flags="-C link-arg=-Wl,-soname,$soname -C link-arg=-Wl,-z,nodelete"
    ;;
esac
[ "$profile" = dev ] || shared_flags="$shared_flags -C strip=symbols"

# Asked before the long build: may it be put there at all?
stage=$place/.exequatur.$$
lib=$stage/$libdir
mkdir -p "$stage/include" "$lib/pkgconfig" "$lib/cmake/exequatur" "$stage/share/doc/exequatur" 2>/dev/null ||
  fail "cannot write to \`$place\`: choose another \`--prefix\`, or run this as a user who may"
trap 'rm -rf "$stage"' EXIT
trap 'exit 1' HUP INT TERM

# The places of the sources are named as they are everywhere, so that two folders give the same bytes. The user's flags
# come last, and win. The separator is the one that lets a path hold blanks.
separator=$(printf '\037')
flags=
remap() { flags="$flags--remap-path-prefix=$1=$2$separator"; }
sysroot=$("$rustc" --print sysroot)
commit=$(printf '%s\n' "$about" | sed -n 's/^commit-hash: //p')
remap "$(absolute "${CARGO_TARGET_DIR:-target}")" target
remap "$source" "exequatur-$version"
remap "${CARGO_HOME:-${HOME:-}/.cargo}" cargo
remap "$sysroot/lib/rustlib/src/rust" "/rustc/$commit"
if [ -n "${CARGO_ENCODED_RUSTFLAGS+set}" ]; then
  flags=$flags$CARGO_ENCODED_RUSTFLAGS
else
  for flag in ${RUSTFLAGS:-}; do flags=$flags$flag$separator; done
fi
export CARGO_ENCODED_RUSTFLAGS="${flags%"$separator"}"

# Builds one kind of library: first to be watched, then once more, when nothing is left to do, to be told of it.
build() {
  kind=$1
  shift
  set -- rustc --locked --lib --crate-type "$kind" --profile "$profile" --no-default-features --features "$features" -- "$@"
  "$cargo" "$@" || fail "the library was not built (see above)"
  shift
  messages=$("$cargo" rustc --message-format=json "$@" 2>/dev/null) || fail "cargo does not say what it has built"
  built=$(printf '%s\n' "$messages" |
    sed -n "s/.*\"crate_types\":\\[\"$kind\"\\].*\"filenames\":\\[\"\\([^\"]*\\)\".*/\\1/p")
  [ -f "$built" ] || fail "cargo does not say where it put the $kind for \`$target\`; see docs/PLATFORMS.md"
}
# The flags have no blanks inside.
# shellcheck disable=SC2086
build cdylib $shared_flags
cp "$built" "$lib/$shared"
ln -s "$shared" "$lib/$link"
build staticlib --print native-static-libs
cp "$built" "$lib/libexequatur.a"
static_libs=$(printf '%s\n' "$messages" | sed -n 's/.*native-static-libs: \([^"\\]*\).*/\1/p' | head -n 1)
[ -n "$static_libs" ] || fail "the Rust compiler does not say what the archive needs of the system"

for header in include/exequatur.h include/exequatur.hpp include/exequatur_values.hpp include/exequatur_batch.hpp \
  include/exequatur_signed.hpp; do
  if [ -f "$header" ]; then cp "$header" "$stage/include/"; fi
done

case $("$rustc" --print cfg --target "$target" | sed -n 's/^target_pointer_width="\(.*\)"/\1/p') in
  64) pointer_bytes=8 ;;
  32) pointer_bytes=4 ;;
  *) fail "\`$target\` has no pointers of 32 or 64 bits" ;;
esac
# From the folder of the libraries up to the prefix.
up=$(printf '%s\n' "$libdir" | sed 's|[^/][^/]*|..|g')
fill() {
  sed -e "s|@LIBDIR@|$libdir|g" -e "s|@UP@|$up|g" \
    -e "s|@VERSION@|$version|g" -e "s|@VERSION_MAJOR@|${version%%.*}|g" -e "s|@POINTER_BYTES@|$pointer_bytes|g" \
    -e "s|@SHARED@|$shared|g" -e "s|@SONAME@|$soname|g" -e "s|@STATIC_LIBS@|$static_libs|g" \
    -e "s|@STATIC_LIBS_CMAKE@|$(printf '%s' "$static_libs" | tr -s ' ' ';')|g" "packaging/$1.in" >"$lib/$2/$1"
}
fill exequatur.pc pkgconfig
fill exequatur-config.cmake cmake/exequatur
fill exequatur-config-version.cmake cmake/exequatur

# The notices of all that is linked in: each crate's own licence files, as they came with it, in the order of the names.
notices() {
  cat <<END
Exequatur $version for $target, built with: $features.
The library holds the works below, each under its own licence. Exequatur's own licences are in LICENSE, LICENSE-APACHE
and LICENSE-MIT beside this file; the notices of Rust's standard library are in RUST-STANDARD-LIBRARY.html.

END
  crates=$("$cargo" tree --locked --target "$target" -e normal,no-proc-macro --no-default-features --features "$features" \
    --prefix none --no-dedupe --format '{p}|{l}|' 2>/dev/null | sort -u | grep -v "^exequatur v") ||
    fail "cargo does not say which crates are linked"
  folders=$(printf '%s\n' "$messages" | sed -n '/"reason":"compiler-artifact"/s/.*"package_id":"[^"]*#\([^"@]*\)@\([^"]*\)"'\
'.*"manifest_path":"\([^"]*\)\/Cargo.toml".*/\1 v\2|\3/p')
  printf '%s\n' "$crates" | while IFS='|' read -r crate licence _; do
    folder=$(printf '%s\n' "$folders" | awk -F '|' -v crate="$crate" '$1 == crate { print $2; exit }')
    [ -d "$folder" ] || fail "the sources of \`$crate\` were not found, and so not its licence"
    # shellcheck disable=SC2010 # the files of a crate have plain names
    files=$(ls "$folder" | grep -iE '^(licen[cs]e|unlicense|copying|copyright|notice)' | sort)
    # A crate whose package leaves its licence file out has it here, as its repository does.
    kept=packaging/licences/$(printf '%s' "$crate" | tr ' ' '-')
    if [ -z "$files" ] && [ -f "$kept" ]; then
      folder=packaging/licences files=${kept##*/}
    fi
    [ -n "$files" ] ||
      fail "\`$crate\` came without a licence file: expected one in \`$folder\` or \`$kept\`"
    heading "$crate" "$licence"
    printf '%s\n' "$files" | while IFS= read -r file; do licence "$folder/$file"; done
    printf '\n'
  done
  heading "Rust's standard library, of $("$rustc" -V)" \
    "Apache-2.0 OR MIT, parts under others; see RUST-STANDARD-LIBRARY.html"
  for text in "$rust_doc"/licenses/*.txt; do
    name=${text##*/}
    if grep -q "License:.*${name%.txt}" "$standard"; then licence "$text"; fi
  done
}
heading() { printf '%s\n%s\nLicence: %s\n' "$rule" "$1" "$2"; }
licence() { printf '\n---- %s\n\n' "${1##*/}" && cat "$1"; }
rule='========================================================================'
doc=$stage/share/doc/exequatur
rust_doc=$sysroot/share/doc/rust
standard=${std_notices:-$rust_doc/COPYRIGHT-library.html}
if [ -f "$standard" ]; then
  cp "$standard" "$doc/RUST-STANDARD-LIBRARY.html"
else
  # Enough to build and use it here; whoever passes the library on needs them.
  [ -z "$std_notices" ] || fail "\`$standard\` is missing"
  printf 'install.sh: this Rust came without the notices of its standard library: give them by --std-notices before you pass the library on\n' >&2
  standard=/dev/null
fi
notices >"$doc/THIRD-PARTY"
cp LICENSE LICENSE-APACHE LICENSE-MIT "$doc/"

chmod -R u=rwX,go=rX "$stage"
chmod 755 "$lib/$shared"
(cd "$stage" && find . ! -type d) | sort | while IFS= read -r file; do
  file=${file#./}
  mkdir -p "$place/$(dirname "$file")"
  mv -f "$stage/$file" "$place/$file"
  printf '%s\n' "$place/$file"
done
