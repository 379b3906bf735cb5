#!/bin/sh
# weave.sh -- makes the lessons' pages: their texts, woven with what the
# programs print.  No table is typed.
#
#   weave.sh IL-EXPLORE LESSONS FOLDER [PAGE...]
#
# LESSONS is the folder of the programs, with pages/ in it; the site goes to
# FOLDER.  A page is text in paragraphs; `code` is code, and a line that begins
# with - is of a list.  Other lines are for this script:
#
#   = TITLE                   first
#   == HEADING
#   @source FILE              the program, with its line numbers
#   @run FILE ARGUMENT...     what il-explore run prints; and so on:
#   @explore FILE ARGUMENT...
#   @play MOVES FILE          a game, the moves separated by commas
#   @grade LESSON FILE ARGUMENT...
#   @program FILE FLAG...     what the program prints, run as it is; without il_
#   @steps FILE ARGUMENT...   a link to the failing schedule, step by step
#   @assembly FUNCTION FILE FLAG...
#   @answer                   what comes next, to a blank line, is hidden
#   @python, @c, @end         two texts side by side
#   @code, @end               one
#
# and in the text stands, for what exploring finds,
#
#   {schedules FILE ARGUMENT...}     how many there are, or were tried
#   {kinds FILE ARGUMENT...}         the same, if only one of each kind was
#   {failures FILE ARGUMENT...}      how many of them fail
#   {preemptions FILE ARGUMENT...}   the fewest with which one fails
#   {outcomes FILE ARGUMENT...}
#
# SPDX-License-Identifier: MIT

set -u
explore=$1 lessons=$2 site=$3
shift 3
mkdir -p "$site"
site=$(cd "$site" && pwd)
pages=$(cd "$lessons/pages" && pwd)
cd "$lessons" || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# escape: text as HTML.
escape() {
    sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g'
}

# inline: ... with its code.
inline() {
    escape | sed 's|`\([^`]*\)`|<code>\1</code>|g'
}

# fact WHAT FILE ARGUMENT...: what a number in the text stands for.
fact() {
    what=$1
    shift
    lines=$tmp/$(printf '%s' "$*" | tr -c 'A-Za-z0-9' _)
    [ -s "$lines" ] ||
        "$explore" --quiet --lines "$lines" "$@" </dev/null >/dev/null
    awk -F '\t' -v what="$what" '
        $1 == "level" { strategy = $3; schedules = $4; failures = $5 }
        $1 == "failure" { preemptions = $3 }
        $1 == "outcome" {
            sub(/  .*/, "", $5)
            outcomes = outcomes (outcomes == "" ? "" : ", ") $5
        }
        END {
            if (what == "kinds" && strategy == "dpor") print schedules
            if (what == "schedules" && strategy != "dpor") print schedules
            if (what == "failures") print failures
            if (what == "preemptions") print preemptions
            if (what == "outcomes") print outcomes
        }' "$lines" | grep .
}

# woven LINE: with its numbers.
woven() {
    rest=$1
    while :; do
        case $rest in
        *'{'*'}'*) ;;
        *) break ;;
        esac
        printf '%s' "${rest%%\{*}"
        rest=${rest#*\{}
        # shellcheck disable=SC2086
        number=$(fact ${rest%%\}*}) || mistake "what is {${rest%%\}*}}?"
        printf '%s' "$number"
        rest=${rest#*\}}
    done
    printf '%s\n' "$rest"
}

# mistake WHAT: of a page.
mistake() {
    echo "weave.sh: $*" >&2
    exit 1
}

# explored ARGUMENT...: what il-explore prints.
explored() {
    "$explore" "$@" >"$tmp/shown" 2>"$tmp/errors"
    if [ $? -eq 2 ]; then
        cat "$tmp/errors" >&2
        mistake "il-explore $*"
    fi
    escape <"$tmp/shown"
}

# shown_explore COMMAND ARGUMENT...
shown_explore() {
    printf '<pre class="shell"><b>$ il-explore %s</b>\n' \
        "$(printf '%s' "$*" | sed 's/^explore //' | escape)"
    explored "$@" </dev/null
    echo '</pre>'
}

source_of() {
    printf '<p class="file">%s</p>\n<pre class="source">' "$1"
    awk '{ printf "%3d  %s\n", NR, $0 }' "$1" | escape
    echo '</pre>'
}

# play MOVES FILE
play() {
    printf '<pre class="shell"><b>$ il-explore play %s</b>\n' "$2"
    printf '%s\n' "$1" | tr ',' '\n' >"$tmp/moves"
    explored play "$2" <"$tmp/moves"
    echo '</pre>'
}

# program FILE FLAG...: compiled as always, and run once.
program() {
    printf '<pre class="shell"><b>$ cc -O2 %s -pthread &amp;&amp; ./a.out</b>\n' \
        "$*"
    ${CC:-cc} -O2 -o "$tmp/a.out" "$@" -pthread && "$tmp/a.out" | escape
    echo '</pre>'
}

# steps FILE ARGUMENT...: the page that il-explore makes.
steps() {
    made=$(basename "$1" .c)$(printf '%s' "$*" | sed 's/^[^ ]*//; s/ -*/-/g')
    explored page --html "$site/$made-steps.html" "$@" >/dev/null
    echo "<p class=\"steps\"><a href=\"$made-steps.html\">Step through" \
        'the failing schedule</a></p>'
}

# assembly FUNCTION FILE FLAG...
assembly() {
    function=$1
    shift
    printf '<pre class="shell"><b>$ cc -S %s</b>\n' "$*"
    ${CC:-cc} -S -fno-asynchronous-unwind-tables -fcf-protection=none \
        -o - "$@" | awk -v name="$function:" '
            $0 == name { inside = 1 }
            inside && /\.size/ { exit }
            inside && ($0 == name || !/^[ \t]*\./) && !/^\.L/' | expand | escape
    echo '</pre>'
}

# close: the paragraph or list that is open.
close() {
    case $open in
    p) echo '</p>' ;;
    ul) echo '</ul>' ;;
    details) echo '</p></details>' ;;
    esac
    open=
}

# open KIND: unless one is.
open() {
    [ "$open" != "$1" ] || return
    [ "$open" != details ] || return
    close
    open=$1
    echo "<$1>"
}

# directive WORD REST
directive() {
    word=$1
    shift
    case $word in
    @source) source_of "$1" ;;
    @run | @explore | @grade) shown_explore "${word#@}" "$@" ;;
    @play) play "$@" ;;
    @program) program "$@" ;;
    @steps) steps "$@" ;;
    @assembly) assembly "$@" ;;
    @python)
        pair='</pre></div></div>'
        echo '<div class="pair"><div><p class="file">Python</p><pre>'
        ;;
    @c)
        echo '</pre></div><div><p class="file">C</p><pre>'
        ;;
    @code)
        pair='</pre>'
        echo '<pre>'
        ;;
    @end)
        echo "$pair"
        pair=
        ;;
    @answer)
        open=details
        echo '<details><summary>Answer</summary><p>'
        ;;
    *)
        mistake "what is '$word'?"
        ;;
    esac
}

# body: of a page's text.
body() {
    open='' pair='' section=''
    while IFS= read -r line; do
        case $line in
        '= '*) ;;
        '== '*)
            close
            [ -z "$section" ] || echo '</section>'
            section=${line#== }
            echo "<section class=\"$(printf '%s' "$section" |
                tr 'A-Z ' 'a-z-')\"><h2>$section</h2>"
            ;;
        @*)
            close
            set -f
            # shellcheck disable=SC2086
            directive $line
            set +f
            ;;
        '')
            if [ -n "$pair" ]; then
                echo
            else
                close
            fi
            ;;
        '- '*)
            open ul
            text=$(woven "${line#- }") || exit 1
            printf '<li>%s</li>\n' "$(printf '%s' "$text" | inline)"
            ;;
        *)
            if [ -n "$pair" ]; then
                printf '%s\n' "$line" | escape
            else
                [ "$open" = ul ] || open p
                text=$(woven "$line") || exit 1
                printf '%s\n' "$text" | inline
            fi
            ;;
        esac
    done
    close
    [ -z "$section" ] || echo '</section>'
}

title() {
    sed -n 's/^= //p' "$pages/$1.txt"
}

# head_of TITLE
head_of() {
    cat <<END
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$(printf '%s' "$1" | tr -d '\`' | escape)</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
END
}

# link WORD PAGE: if there is such a page.
link() {
    [ -z "$2" ] && return
    echo "<a href=\"$2.html\">$1 $(title "$2" | inline)</a>"
}

navigation() {
    echo '<nav><a href="index.html">All lessons</a>'
    link '&#8592;' "$1"
    link '&#8594;' "$2"
    echo '</nav>'
}

# page PREVIOUS NAME NEXT
page() {
    {
        head_of "$(title "$2")"
        navigation "$1" "$3"
        echo "<main><h1>$(title "$2" | inline)</h1>"
        body <"$pages/$2.txt"
        echo "<p class=\"file\">Be the scheduler: <code>il-explore play $2.c" \
            '</code></p></main>'
        navigation "$1" "$3"
        echo '</body></html>'
    } >"$tmp/page" || exit 1
    mv "$tmp/page" "$site/$2.html"
    echo "$site/$2.html"
}

index() {
    head_of 'The bank: see the race'
    echo '<main><h1>The bank: see the race</h1>'
    body <"$pages/index.txt"
    echo '<ol>'
    for name in $names; do
        echo "<li><a href=\"$name.html\">" \
            "$(title "$name" | sed 's/^[0-9]*\. //' | inline)</a>" \
            "<span>$(awk '/^== Question/ { inside = 1; next }
                inside && (!NF || /^@/) { exit }
                inside' "$pages/$name.txt" | inline)</span></li>"
    done
    echo '</ol></main></body></html>'
}

names=$(cd "$pages" && printf '%s\n' [0-9]*.txt | sed 's/\.txt$//')
cp -f "$pages/style.css" "$site"
index >"$site/index.html"
before=
wanted=$*
[ -n "$wanted" ] || wanted=$(echo "$names" | tr '\n' ' ')
for name in $names end; do
    if [ -n "$before" ]; then
        after=$name
        [ "$name" != end ] || after=
        case " $wanted " in
        *" $before "*) page "${earlier-}" "$before" "$after" ;;
        esac
        earlier=$before
    fi
    before=$name
done
