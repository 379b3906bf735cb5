/* page_style.c -- the third part of page.h: how the page looks, and what walks
   through it.

   The colours of threads are told apart with any colour vision (after Okabe and
   Ito, 2008), and each has its letter besides.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "page.h"

/* A string is at most 4 095 long by C11.  */
static const char *const style[] = {
    ":root{--paper:#fff;--ink:#1b1f27;--soft:#59606c;--rule:#dde1e7;",
    "--shade:#f4f6f8;--good:#007a57;--bad:#b3261e;--open:#806400;",
    "--now:#fff3c4;--t0:#005fb8;--t1:#c24a00;--t2:#007a57;--t3:#a5428a;",
    "--t4:#806400;--t5:#4a5fc1;color-scheme:light dark}\n",
    "@media(prefers-color-scheme:dark){:root{--paper:#14171c;--ink:#e9ecf1;",
    "--soft:#a7afbc;--rule:#2c323b;--shade:#1b1f26;--good:#34c99c;",
    "--bad:#ff8a80;--open:#d8b93a;--now:#3d3514;--t0:#5cb0ff;--t1:#ff8c4a;",
    "--t2:#34c99c;--t3:#e58fca;--t4:#d8b93a;--t5:#9daaff}}\n",
    ".c0{--c:var(--t0)}.c1{--c:var(--t1)}.c2{--c:var(--t2)}.c3{--c:var(--t3)}",
    ".c4{--c:var(--t4)}.c5{--c:var(--t5)}\n",
    "*{box-sizing:border-box}body{margin:0 auto;padding:1rem;max-width:110rem;",
    "background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,",
    "-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}\n",
    "h1{font-size:1.7rem;line-height:1.2;margin:.3rem 0 .6rem}",
    "h2{font-size:1.3rem;margin:1.8rem 0 .6rem}",
    "h3{font:600 13px/1.5 ui-monospace,'DejaVu Sans Mono',monospace;",
    "margin:0 0 .3rem;color:var(--soft);overflow-wrap:anywhere}\n",
    ".verdict{font-size:1.1rem;font-weight:600;margin:0;padding:.5rem .9rem;",
    "border-left:6px solid var(--c);background:var(--shade);",
    "border-radius:0 6px 6px 0}.verdict.right{--c:var(--good)}",
    ".verdict.wrong{--c:var(--bad)}.verdict.open{--c:var(--open)}\n",
    ".scroll{overflow-x:auto;max-width:100%;position:relative}",
    "table{border-collapse:collapse;font-size:14px;",
    "font-variant-numeric:tabular-nums}",
    ".tables{display:flex;flex-wrap:wrap;gap:0 3rem}",
    ".tables section{max-width:100%}",
    "th,td{padding:.2rem .6rem;text-align:left;vertical-align:top}",
    "thead th{color:var(--soft);font-weight:600;vertical-align:bottom;",
    "border-bottom:2px solid var(--rule)}",
    ".n{text-align:right;white-space:nowrap}",
    ".plain td{border-bottom:1px solid var(--rule)}",
    ".bad,.outcomes .wrong td:nth-child(2){color:var(--bad);font-weight:600}",
    ".share{white-space:nowrap}.bar{display:inline-block;width:9rem;",
    "height:.7em;background:var(--rule);border-radius:3px;overflow:hidden}",
    ".bar i{display:block;height:100%;background:var(--c)}",
    ".right .bar{--c:var(--good)}.wrong .bar{--c:var(--bad)}\n",
    ".walk{display:grid;grid-template-columns:minmax(0,1fr);gap:1.2rem}",
    "@media(min-width:70rem){.walk{grid-template-columns:minmax(0,max-content)"
    " ",
    "minmax(24rem,1fr)}.left>p,.left>ul{width:0;min-width:100%}",
    ".sources{position:sticky;top:.5rem;align-self:start}}\n",
    ".story td{border-bottom:1px solid var(--rule)}",
    ".story td.n{color:var(--soft)}",
    ".story .t{border-left:1px solid var(--rule);min-width:7rem}",
    ".story th.t{white-space:nowrap}.story th.t b{color:var(--paper);",
    "background:var(--c);border-radius:4px;padding:0 .35em}",
    ".story td.on{border-left:4px solid var(--c);",
    "background:color-mix(in srgb,var(--c) 9%,transparent)}",
    ".story .v{text-align:right;border-left:1px solid var(--rule);",
    "overflow-wrap:break-word;max-width:12rem}",
    ".story td.new{font-weight:700}.story td.new::before{content:'*';",
    "color:var(--bad)}",
    ".pre td{border-bottom:0}.pre td.on{background:none;color:var(--bad);",
    "font-size:11px;font-weight:700;letter-spacing:.06em;",
    "text-transform:uppercase;border-left:4px dashed var(--bad)}",
    ".stuck td{color:var(--bad);font-weight:600}",
    ".note td{color:var(--bad);font-weight:600;padding-top:0}\n",
    "tr[data-t]{scroll-margin:12rem 0 4rem}.walking tr[data-t]{cursor:pointer}",
    ".walking .later td{color:var(--soft);opacity:.6}",
    ".walking .now td{background:var(--now);opacity:1}",
    ".walking .now td.on{background:var(--now);font-weight:600}\n",
    ".js{display:none}.walking .js{display:revert}",
    ".walking .controls.js{display:grid;grid-template-columns:auto auto 1fr ",
    "auto auto;gap:.1rem .4rem;align-items:center;position:sticky;top:0;",
    "z-index:1;background:var(--paper);padding:.5rem 0;",
    "border-bottom:1px solid var(--rule);margin-bottom:.4rem}",
    ".controls p{grid-column:1/-1;margin:0;min-height:1.5em}",
    ".controls input{width:100%;accent-color:var(--t0)}",
    "#state{font-size:14px;color:var(--soft)}#state b{color:var(--ink);",
    "font-variant-numeric:tabular-nums}#state b.new{color:var(--bad)}",
    "#state span{margin-right:1.2em;white-space:nowrap}",
    "button{font:inherit;font-size:14px;line-height:1.4;padding:.15rem .6rem;",
    "border:1px solid var(--rule);border-radius:5px;background:var(--shade);",
    "color:var(--ink);cursor:pointer}button:hover{border-color:var(--soft)}",
    ":focus-visible{outline:2px solid var(--t0);outline-offset:1px}\n",
    ".end{font-size:1.05rem}.least::first-letter{text-transform:uppercase}",
    ".none{color:var(--soft)}.cycle{font-weight:600}",
    ".replay code{font:600 15px/1.5 ui-monospace,'DejaVu Sans Mono',monospace;",
    "padding:.2rem .5rem;background:var(--shade);border:1px solid var(--rule);",
    "border-radius:5px;user-select:all;overflow-wrap:anywhere}\n",
    ".source{font:13px/1.6 ui-monospace,'DejaVu Sans Mono',monospace;",
    "border:1px solid var(--rule);border-radius:6px;overflow:auto;",
    "max-height:calc(100vh - 4rem);margin-bottom:1rem;padding:.4rem 0}",
    ".source>div{display:flex;white-space:pre;width:max-content;",
    "min-width:100%}.source code{font:inherit;padding-right:1rem;",
    "tab-size:8}",
    ".no{width:3.2em;text-align:right;padding-right:.9em;color:var(--soft);",
    "user-select:none;flex:none}",
    ".here{width:calc(var(--threads)*1.5em + .6em);padding-left:.6rem;",
    "flex:none;user-select:none;display:none}.walking .here{display:block}",
    ".at{padding-left:1rem;padding-right:.6rem;user-select:none}",
    ".at i{font-style:normal;font-size:11px;font-weight:700;color:var(--c);",
    "border:1px solid;border-radius:8px;padding:0 .45em;margin-right:.3em}",
    ".walking .at i.later{opacity:.5}",
    ".source .run{background:var(--now)}",
    ".source .next{box-shadow:inset 4px 0 var(--c)}",
    ".who{color:var(--paper);background:var(--c);border-radius:4px;",
    "font-size:11px;font-weight:700;padding:0 .4em;margin-right:.3em}\n",
    "@media(max-width:40rem){body{padding:.6rem}th,td{padding:.2rem .35rem}",
    ".story .t{min-width:5.5rem}.bar{width:4rem}",
    ".walking .controls.js{font-size:14px}.source{max-height:60vh}}\n",
    "@media print{.js,.walking .controls.js{display:none}.source{",
    "max-height:none}.walking .later td{opacity:1;color:inherit}}\n",
};

/* Rows say whose they are and where (data-t, -f, -l); what the state is after
   one is in its cells.  */
static const char *const script[] = {
    "(function(){'use strict';\n",
    "var $=function(id){return document.getElementById(id)},\n",
    "all=function(q){return [].slice.call(document.querySelectorAll(q))};\n",
    "var rows=all('#story tr[data-t]'),waits=all('.waits li'),at=$('at');\n",
    "var copy=$('copy'),replay=$('replay');\n",
    "if(!at)return;\n",
    "document.documentElement.classList.add('walking');\n",
    "var marks=all('.at i');\n",
    "var heads=all('#story th.t'),titles=all('#story th.v');\n",
    "function place(e){return $('f'+e.dataset.f+'l'+e.dataset.l)}\n",
    "function colour(t){return heads.filter(function(h){\n",
    "return h.dataset.t===t}).map(function(h){return "
    "h.classList[1]})[0]||''}\n",
    "function letter(t){return heads.filter(function(h){\n",
    "return h.dataset.t===t}).map(function(h){\n",
    "return h.firstChild.textContent})[0]||''}\n",
    "function clear(){all('.who').forEach(function(e){e.remove()});\n",
    "all('.run,.next').forEach(function(e){\n",
    "e.classList.remove('run','next','c0','c1','c2','c3','c4','c5')});\n",
    "}\n",
    "function see(line){var "
    "box=line.parentNode,y=line.offsetTop-box.offsetTop;\n",
    "if(y<box.scrollTop+30||y>box.scrollTop+box.clientHeight-50)\n",
    "box.scrollTop=y-box.clientHeight/2}\n",
    "function aside(cell){var box=$('story').parentNode;\n",
    "var left=cell.offsetLeft,right=left+cell.offsetWidth;\n",
    "if(left<box.scrollLeft)box.scrollLeft=left-8;\n",
    "else if(right>box.scrollLeft+box.clientWidth)\n",
    "box.scrollLeft=right-box.clientWidth+8}\n",
    "function stand(e,stuck){var "
    "line=place(e),t=e.dataset.t;if(!line)return;\n",
    "var who=document.createElement('span'),c=colour(t);\n",
    "if(!c)return;who.className='who '+c;who.textContent=letter(t);\n",
    "who.title=stuck?'waits here for ever':'goes on here';\n",
    "line.firstChild.prepend(who);\n",
    "line.classList.add('next',c)}\n",
    "function values(k){var p=$('state');p.textContent='';\n",
    "titles.forEach(function(h,i){var row=rows[k?k-1:0];\n",
    "var cell=row&&row.querySelectorAll('td.v')[i];\n",
    "var s=document.createElement('span'),b=document.createElement('b');\n",
    "var fresh=cell&&cell.classList.contains('new');\n",
    "s.append(h.textContent+' ',b);\n",
    "b.textContent=cell&&(k||!fresh)&&cell.textContent||'?';\n",
    "if(k&&fresh)b.className='new';p.append(s)})}\n",
    "function "
    "show(k){k=Math.max(0,Math.min(rows.length,k));at.value=k;clear();\n",
    "rows.forEach(function(r,i){r.classList.toggle('now',i===k-1);\n",
    "r.classList.toggle('later',k&&i>=k)});\n",
    "var last=k?rows[k-1].firstChild.textContent:'';\n",
    "marks.forEach(function(m){m.classList.toggle('later',\n",
    "k&&+m.textContent>+last)});\n",
    "heads.forEach(function(h){var t=h.dataset.t,next=rows.filter(\n",
    "function(r,i){return i>=k&&r.dataset.t===t})[0];\n",
    "var stuck=waits.filter(function(w){return w.dataset.t===t})[0];\n",
    "if(next)stand(next,false);else if(stuck)stand(stuck,true)});\n",
    "var "
    "row=rows[k-1],line=row&&place(row),note=row&&row.nextElementSibling;\n",
    "if(line){line.classList.add('run');see(line)}\n",
    "if(row)aside(row.querySelector('.on'));\n",
    "$('now').textContent=row?k+' of '+rows.length+': "
    "'+letter(row.dataset.t)+\n",
    "' '+row.querySelector('.on').textContent.trim()+\n",
    "(note&&note.className==='note'?\n",
    "' \\u2014 '+note.textContent.replace('\\u21b3','').trim():''):\n",
    "'Before the first of '+rows.length+' steps';values(k)}\n",
    "function go(d){show(+at.value+d)}\n",
    "at.addEventListener('input',function(){show(+at.value)});\n",
    "$('back').onclick=function(){go(-1)};$('on').onclick=function(){go(1)};\n",
    "$('first').onclick=function(){show(0)};\n",
    "$('last').onclick=function(){show(rows.length)};\n",
    "rows.forEach(function(r,i){r.onclick=function(){show(i+1)}});\n",
    "document.addEventListener('keydown',function(e){\n",
    "if(e.ctrlKey||e.altKey||e.metaKey)return;\n",
    "var to={ArrowLeft:+at.value-1,ArrowRight:+at.value+1,Home:0,\n",
    "End:rows.length}[e.key];if(to===undefined)return;e.preventDefault();\n",
    "show(to)});\n",
    "copy.onclick=function(){var r=document.createRange(),s=getSelection();\n",
    "r.selectNodeContents(replay);s.removeAllRanges();s.addRange(r);\n",
    "document.execCommand('copy');copy.textContent='copied'};\n",
    "show(0)})();\n",
};

static void write_all(FILE *out, const char *const *strings, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fputs(strings[i], out);
}

void page_write_style(FILE *out)
{
    write_all(out, style, sizeof style / sizeof *style);
}

void page_write_script(FILE *out)
{
    write_all(out, script, sizeof script / sizeof *script);
}
