/* style.c -- see style.h.

   The colours of lines are told apart with any colour vision (after Okabe and
   Ito, 2008), and have other shapes as marks besides.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/style.h"

/* Classes: a, b: our own and the baseline; c, d, v, f: rivals; o: others.  In
   each l is a line, n its interval, k a mark, r a bar, w a whisker.  */
#define PICTURES                                                               \
    ":root{--paper:#fff;--ink:#1b1f27;--soft:#59606c;--rule:#dde1e7;"          \
    "--axis:#8b93a0;--other:#a9b0bb;--own:#005fb8;--c3:#c24a00;"               \
    "--c4:#007a57;--c5:#a5428a;--c6:#806400;--noise:#8b93a033;"                \
    "color-scheme:light dark}"                                                 \
    "@media(prefers-color-scheme:dark){:root{--paper:#14171c;--ink:#e9ecf1;"   \
    "--soft:#a7afbc;--rule:#2c323b;--axis:#77808d;--other:#69717d;"            \
    "--own:#5cb0ff;--c3:#ff8c4a;--c4:#34c99c;--c5:#e58fca;--c6:#d8b93a}}"      \
    ".pic{font:12px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',"  \
    "sans-serif;max-width:100%;height:auto;display:block}"                     \
    ".pic text{fill:var(--ink)}.pic .h{font-weight:600;font-size:14px}"        \
    ".pic .t{fill:var(--soft)}.m{text-anchor:middle}.e{text-anchor:end}"       \
    ".paper{fill:var(--paper)}.g{stroke:var(--rule)}.x{stroke:var(--axis)}"    \
    ".z{stroke:var(--axis);stroke-dasharray:2 3}.noise{fill:var(--noise)}"     \
    ".a{--c:var(--own)}.b{--c:var(--ink)}.c{--c:var(--c3)}.d{--c:var(--c4)}"   \
    ".v{--c:var(--c5)}.f{--c:var(--c6)}.o{--c:var(--other)}"                   \
    ".l{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round}"       \
    ".a .l{stroke-width:3}.b .l{stroke-dasharray:6 4}.o .l{stroke-width:1.2}"  \
    ".n{fill:var(--c);opacity:.16;pointer-events:none}.k{fill:var(--c)}"       \
    ".r{fill:var(--c)}.w{stroke:var(--c);stroke-width:2}"                      \
    ".part{stroke:var(--paper);stroke-width:6;opacity:.6}"                     \
    ".rw{stroke:var(--ink);stroke-width:1.2}.strip{image-rendering:pixelated}" \
    ".dot{stroke:var(--c);stroke-width:8;stroke-linecap:round}"                \
    ".o .k{stroke:var(--c);stroke-width:4;stroke-linecap:round}"               \
    ".q{stroke:var(--c);stroke-width:1;opacity:.6}"                            \
    ".hit{fill:none;stroke:transparent;stroke-width:9}"                        \
    ".pic .a .y{font-weight:700}.o .hint{opacity:0}"                           \
    ".o:hover{--c:var(--ink)}.o:hover .l{stroke-width:2.5}"                    \
    ".o:hover .hint{opacity:1}"                                                \
    ".hint{paint-order:stroke;stroke:var(--paper);stroke-width:4px}"

const char style_of_pictures[] = PICTURES;

const char style_of_pages[] = PICTURES
    "body{margin:0 auto;padding:1rem;max-width:84rem;background:var(--paper);"
    "color:var(--ink);font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,"
    "'DejaVu Sans',sans-serif}"
    "h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0}"
    "h2{font-size:1.35rem;margin:2.2rem 0 .6rem;padding-top:.6rem;"
    "border-top:1px solid var(--rule)}h3{font-size:1.1rem;margin:1.2rem 0 "
    ".3rem}"
    "p,ul,dl{max-width:46rem}a{color:var(--own)}code,pre{font:13px/1.5 "
    "ui-monospace,'DejaVu Sans Mono',monospace}"
    "pre{padding:.7rem;border:1px solid var(--rule);border-radius:6px;"
    "overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}"
    "nav a{margin-right:1em;white-space:nowrap}"
    "figure{margin:0 0 "
    "1.4rem;break-inside:avoid}figcaption{font-size:13px;color:var(--soft);"
    "max-width:40rem}"
    ".pics{columns:34rem 2;column-gap:1.4rem;margin:1rem 0}"
    "details{margin:.6rem "
    "0}summary{cursor:pointer}details:not(.group)>summary::first-letter{text-"
    "transform:uppercase}"
    ".group{border:1px solid var(--rule);border-radius:8px;padding:.5rem .9rem}"
    ".group>summary b{font-size:1.05rem}.soft,.says{color:var(--soft)}"
    ".says{display:block;margin-left:1.1rem;font-size:14px}"
    ".maps{display:flex;flex-wrap:wrap;gap:.3rem "
    "2rem}.scroll{overflow-x:auto;max-width:100%}"
    "table{border-collapse:collapse;font-size:13px;margin:.5rem 0;"
    "font-variant-numeric:tabular-nums}"
    "th,td{padding:.15rem .55rem;text-align:right;white-space:nowrap;"
    "border-bottom:1px solid var(--rule);vertical-align:top}"
    "thead th{vertical-align:bottom;color:var(--soft);font-weight:600}"
    "th:first-child{text-align:left;position:sticky;left:0;"
    "background:var(--paper)}"
    ".span th{padding-top:.8rem;font-size:14px}"
    "td i{display:block;font-style:normal;font-size:11px;color:var(--soft)}"
    ".words td,.words thead th{text-align:left;white-space:normal}"
    "td.s,thead th.s{text-align:left}tr.own th{color:var(--own)}"
    "td a{color:inherit;text-decoration:none}"
    ".fast{background:#2f7fd63d}.slow{background:#e8791a45}.none{}"
    ".fast2{background:#2f7fd680}.slow2{background:#e8791a8c}"
    ".broken{color:var(--c3);font-weight:600;text-align:left;"
    "white-space:normal}"
    ".alert{border:2px solid var(--c3);border-radius:8px;padding:.3rem .9rem;"
    "margin:.8rem 0}"
    ".key{display:inline-block;padding:0 .5rem;border-radius:4px;"
    "border:1px solid var(--rule)}"
    "@media print{details:not([open])>*{display:block}}";
