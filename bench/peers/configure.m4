# configure.m4 -- which peers of the benchmark can be built.  None has to.

# BENCH_LACKS(PEER, WHY)
AC_DEFUN([BENCH_LACKS], [AS_VAR_APPEND([BENCH_ABSENT], ["$1\\t$2\\n"])])

# BENCH_HAVE(PROGRAM, PEERS): the program of these peers can be built, unless
# $bench_why says why not.
AC_DEFUN([BENCH_HAVE],
[AS_IF([test -z "$bench_why"],
  [AS_VAR_APPEND([BENCH_PEERS], [" bench/peers/$1"])
   AS_VAR_APPEND([BENCH_BUILDABLE], ["$1 $2\n"])
   AC_MSG_RESULT([yes])],
  [AC_MSG_RESULT([no: $bench_why])
   m4_foreach_w([bench_peer], [$2],
     [BENCH_LACKS(bench_peer, [$bench_why])
])])])

# BENCH_VERSION(NAME, COMMAND): if it can be built, notes its version, which is
# the second word that COMMAND prints.
AC_DEFUN([BENCH_VERSION],
[AS_IF([test -z "$bench_why"],
  [bench_version=`$2 2>/dev/null |
     { read bench_name bench_version bench_rest; AS_ECHO(["$bench_version"]); }`
   AS_VAR_APPEND([BENCH_VERSIONS],
     ["${BENCH_VERSIONS:+, }$1 ${bench_version:-n/a}"])])])

# BENCH_TRY(PACKAGE, PROLOGUE, BODY): sets $bench_why, with the compiler and
# the flags as they are.
AC_DEFUN([BENCH_TRY],
[bench_why="$1 is not installed"
AC_COMPILE_IFELSE([AC_LANG_PROGRAM([$2], [$3])],
  [bench_why="$1 does not link with this compiler and its flags"
   AC_LINK_IFELSE([AC_LANG_PROGRAM([$2], [$3])], [bench_why=])])])

# BENCH_CXX: sets $bench_cxx_why to why peers in C++20 cannot be linked with
# this C compiler's code.
AC_DEFUN([BENCH_CXX],
[AC_MSG_CHECKING([whether C++20 can be linked with C])
m4_pushdef([bench_library], [
#include <limits.h>
#if defined(__GLIBC__)
#define name bench_with_glibc
#else
#define name bench_without_glibc
#endif
])dnl
bench_cxx_why="the C compiler makes no object"
AC_COMPILE_IFELSE([AC_LANG_SOURCE(bench_library[int name(void) { return 0; }])],
  [bench_cxx_why="g++ is not installed, or knows no C++20"
   cp conftest.$ac_objext bench_c.$ac_objext])
AC_LANG_PUSH([C++])
bench_CXXFLAGS=$CXXFLAGS bench_LIBS=$LIBS
CXXFLAGS="$CXXFLAGS -std=c++20"
AC_COMPILE_IFELSE([AC_LANG_SOURCE([[#include <barrier>
std::barrier<> b(1);]])],
  [bench_cxx_why="the C++ compiler's code does not link with the C compiler's"
   LIBS="bench_c.$ac_objext $LIBS"
   AC_LINK_IFELSE([AC_LANG_PROGRAM(bench_library[extern "C" int name(void);],
     [[return name();]])], [bench_cxx_why=])])
CXXFLAGS=$bench_CXXFLAGS LIBS=$bench_LIBS
rm -f bench_c.$ac_objext
AC_LANG_POP([C++])
AS_IF([test -z "$bench_cxx_why"],
  [AC_MSG_RESULT([yes])], [AC_MSG_RESULT([no: $bench_cxx_why])])
m4_popdef([bench_library])dnl
])

# BENCH_PEER(PROGRAM, PEERS, PACKAGE, CPPFLAGS, LIBS, PROLOGUE, BODY)
AC_DEFUN([BENCH_PEER],
[AC_MSG_CHECKING([for what the peer $1 needs])
bench_CPPFLAGS=$CPPFLAGS bench_CXXFLAGS=$CXXFLAGS bench_LIBS=$LIBS
CPPFLAGS="$CPPFLAGS $4" CXXFLAGS="$CXXFLAGS -std=c++20"
LIBS="$5 $PTHREAD_LIBS $LIBS"
BENCH_TRY([$3], [$6], [$7])
CPPFLAGS=$bench_CPPFLAGS CXXFLAGS=$bench_CXXFLAGS LIBS=$bench_LIBS
AC_LANG_CASE([C++],
  [AS_IF([test -n "$bench_cxx_why"], [bench_why=$bench_cxx_why])])
BENCH_HAVE([$1], [$2])])

# BENCH_PEER_PKG(PROGRAM, PEERS, PACKAGE, VARIABLE, MODULE, PROLOGUE, BODY):
# the same, with the flags of pkg-config, in VARIABLE_CFLAGS and VARIABLE_LIBS.
AC_DEFUN([BENCH_PEER_PKG],
[PKG_CHECK_MODULES([$4], [$5], [], [:])
BENCH_PEER([$1], [$2], [$3], [$$4_CFLAGS], [$$4_LIBS], [$6], [$7])
BENCH_VERSION([$1],
  [{ printf '. ' && $PKG_CONFIG --modversion "m4_bpatsubst([$5], [ .*])"; }])])

# BENCH_PEER_DEB(PROGRAM, PEERS, PACKAGE, CPPFLAGS, LIBS, PROLOGUE, BODY): the
# same as BENCH_PEER, of a library whose version only Debian tells.
AC_DEFUN([BENCH_PEER_DEB],
[BENCH_PEER($@)
BENCH_VERSION([$1], [dpkg-query -W $3])])

# BENCH_MUSL: a program of its own kind, built by musl-gcc, without shared
# libraries.  The kernel's headers are not among musl's.
AC_DEFUN([BENCH_MUSL],
[AC_CHECK_SIZEOF([void *])
AC_CHECK_PROGS([MUSL_GCC], [musl-gcc])
AC_MSG_CHECKING([for what the peer musl needs])
MUSL_CC="$MUSL_GCC -idirafter /usr/include"
bench_triplet=`$CC -print-multiarch 2>/dev/null`
AS_IF([test -n "$bench_triplet"],
  [AS_VAR_APPEND([MUSL_CC], [" -idirafter /usr/include/$bench_triplet"])])
AC_SUBST([MUSL_CC])
bench_CC=$CC bench_LDFLAGS=$LDFLAGS
CC=$MUSL_CC LDFLAGS="$LDFLAGS -static"
BENCH_TRY([musl-tools], [
#include <linux/perf_event.h>
#include <pthread.h>
#if defined(__GLIBC__)
#error That is not musl.
#endif
void pointers_of_this_size(void);],
  [if (sizeof(void *) != $ac_cv_sizeof_void_p)
     pointers_of_this_size();
   return pthread_barrier_wait((pthread_barrier_t *)0)])
CC=$bench_CC LDFLAGS=$bench_LDFLAGS
BENCH_HAVE([musl], [musl])
BENCH_VERSION([musl], [dpkg-query -W musl-tools])])

# BENCH_RUST: a library that rustc makes and a C program links.
AC_DEFUN([BENCH_RUST],
[AC_ARG_VAR([RUSTC], [the Rust compiler])
AC_ARG_VAR([CARGO_REGISTRY],
  [where Debian has the sources of crates (/usr/share/cargo/registry)])
AC_CHECK_PROGS([RUSTC], [rustc])
AC_MSG_CHECKING([for what the peer rust needs])
bench_why="rustc is not installed"
RUST_LIBS="-lgcc_s $PTHREAD_LIBS $DL_LIBS -lm"
AC_SUBST([RUST_LIBS])
AS_IF([test -n "$RUSTC"],
  [bench_why="rustc's code does not link with this compiler's"
   AS_ECHO(['@%:@[[no_mangle]] pub extern "C" fn bench() { println!("") }']) \
     >bench_r.rs
   bench_LIBS=$LIBS LIBS="./libbench_r.a $RUST_LIBS $LIBS"
   AS_IF([AC_TRY_COMMAND([$RUSTC --edition 2021 --crate-type staticlib bench_r.rs >&AS_MESSAGE_LOG_FD 2>&1])],
     [AC_LINK_IFELSE([AC_LANG_PROGRAM([void bench(void);], [bench()])],
       [bench_why=])])
   LIBS=$bench_LIBS
   rm -f bench_r.rs libbench_r.a])
BENCH_HAVE([rust], [rust-std])
BENCH_VERSION([rust], [$RUSTC --version])
AS_IF([test -n "$bench_why"], [BENCH_LACKS([parking_lot], [$bench_why])],
  [AC_MSG_CHECKING([for the sources of parking_lot])
   bench_registry=${CARGO_REGISTRY:-/usr/share/cargo/registry}
   AS_IF([ls "$bench_registry"/parking_lot-@<:@0-9@:>@*/Cargo.toml \
       >/dev/null 2>&1],
     [AC_MSG_RESULT([yes])
      AS_VAR_APPEND([BENCH_BUILDABLE], ["rust parking_lot\n"])
      BENCH_VERSION([parking_lot],
        [ls -d "$bench_registry"/parking_lot-@<:@0-9@:>@* | sed 's/.*-/. /'])],
     [AC_MSG_RESULT([no])
      BENCH_LACKS([parking_lot], [librust-parking-lot-dev is not installed])])])
])

# BENCH_PYTHON: CPython's threading.
AC_DEFUN([BENCH_PYTHON],
[AC_PATH_PROGS([PYTHON3], [python3])
AC_MSG_CHECKING([for what the peer python needs])
bench_why=
AS_IF([test -z "$PYTHON3"], [bench_why="python3 is not installed"])
BENCH_HAVE([python], [python])
BENCH_VERSION([python], [$PYTHON3 --version])])
