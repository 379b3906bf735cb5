/* paragraph.c -- see paragraph.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "text/paragraph.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

/* Where the next character goes.  */
struct cursor {
    FILE *out;
    unsigned indent;
    unsigned column;
    bool is_in_line; /* there is a word in this line already */
};

/* Whether it is not the first byte of a character in UTF-8.  */
static bool is_rest(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

static unsigned width(const char *text, size_t size)
{
    unsigned n = 0;
    for (size_t i = 0; i < size; i++)
        n += !is_rest(text[i]);
    return n;
}

static void break_line(struct cursor *c)
{
    fprintf(c->out, "\n%*s", (int)c->indent, "");
    c->column = c->indent;
    c->is_in_line = false;
}

/* A fault may say what it read in memory: no control character gets out.  */
static void put(struct cursor *c, char byte)
{
    bool is_control = (unsigned char)byte < ' ' || byte == '\177';

    if (!is_rest(byte)) {
        if (c->column == PAGE_WIDTH)
            break_line(c);
        c->column++;
    }
    putc(is_control ? '?' : byte, c->out);
}

static void put_word(struct cursor *c, const char *word, size_t size)
{
    if (c->is_in_line && c->column + 1 + width(word, size) > PAGE_WIDTH)
        break_line(c);
    if (c->is_in_line)
        put(c, ' ');
    for (size_t i = 0; i < size; i++)
        put(c, word[i]);
    c->is_in_line = true;
}

static void put_text(struct cursor *c, const char *text)
{
    static const char blanks[] = " \n";

    for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
        size_t size = strcspn(text, blanks);
        put_word(c, text, size);
        text += size;
    }
}

static void put_label(struct cursor *c, const char *label)
{
    for (const char *s = label; *s; s++)
        put(c, *s);
    if (c->column + 1 > c->indent) {
        c->is_in_line = c->column > 0;
        return;
    }
    fprintf(c->out, "%*s", (int)(c->indent - c->column), "");
    c->column = c->indent;
}

void paragraph_begin(struct paragraph *p)
{
    p->text = NULL;
    p->file = open_memstream(&p->text, &p->size);
    if (!p->file)
        memory_give_up();
}

void paragraph_end(struct paragraph *p, FILE *out, const char *label,
                   unsigned indent)
{
    struct cursor c = {.out = out, .indent = indent};

    if (fclose(p->file) != 0)
        memory_give_up();
    put_label(&c, label);
    put_text(&c, p->text);
    putc('\n', out);
    free(p->text);
}

void paragraph_drop(struct paragraph *p)
{
    fclose(p->file);
    free(p->text);
}

void paragraph_print(FILE *out, const char *label, unsigned indent,
                     const char *format, ...)
{
    struct paragraph p;
    va_list args;

    paragraph_begin(&p);
    va_start(args, format);
    vfprintf(p.file, format, args);
    va_end(args);
    paragraph_end(&p, out, label, indent);
}
