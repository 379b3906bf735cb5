/* markdown_text.c -- a part of markdown_parts.h, which all the others write
   with.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "text/markdown_parts.h"

#include <ctype.h>
#include <string.h>

static bool is_control(char c)
{
    return (unsigned char)c < ' ' || c == '\177';
}

/* Whether a character, between those two, has to be kept from Markdown.  */
static bool is_special(char before, char c, char after)
{
    if (c == '_') /* within a word it means nothing */
        return !isalnum((unsigned char)before)
               || !isalnum((unsigned char)after);
    return strchr("\\`*[]|~$#", c) != NULL;
}

void markdown_text(FILE *out, const char *text)
{
    char before = ' ';

    for (; *text; before = *text++) {
        if (*text == '&')
            fputs("&amp;", out);
        else if (*text == '<')
            fputs("&lt;", out);
        else if (*text == '>')
            fputs("&gt;", out);
        else if (is_control(*text))
            putc('?', out);
        else
            fprintf(out, is_special(before, *text, text[1]) ? "\\%c" : "%c",
                    *text);
    }
}

void markdown_threads(FILE *out, unsigned n)
{
    fprintf(out, "%u thread%s", n, n == 1 ? "" : "s");
}

void markdown_pair(FILE *out, const char *key, const char *value)
{
    fputs("| ", out);
    markdown_text(out, key);
    fputs(" | ", out);
    markdown_text(out, value);
    fputs(" |\n", out);
}

void markdown_code(FILE *out, const char *text)
{
    fputs("    ", out);
    for (; *text; text++)
        putc(is_control(*text) ? '?' : *text, out);
    putc('\n', out);
}
