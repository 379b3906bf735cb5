/* names.c -- see names.h; load.h loads them.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "names.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "explore/need.h"

static void free_types(struct type *t)
{
    while (t) {
        struct type *next = t->next;
        for (size_t i = 0; i < t->n_parts; i++)
            free(t->parts[i].name);
        free(t->parts);
        free(t);
        t = next;
    }
}

static void free_source(struct source *s)
{
    for (size_t i = 0; i < s->n_lines; i++)
        free(s->lines[i]);
    free(s->lines);
    free(s->file);
}

void names_free(struct names *names)
{
    for (size_t i = 0; i < names->n_symbols; i++)
        free(names->symbols[i].name);
    for (size_t i = 0; i < names->n_places; i++) {
        free(names->places[i].function);
        free(names->places[i].file);
    }
    for (size_t i = 0; i < names->n_sources; i++)
        free_source(&names->sources[i]);
    free(names->symbols);
    free(names->places);
    free(names->sources);
    free_types(names->types);
    *names = (struct names){0};
}

static char *copy(const char *text)
{
    return text ? need(strdup(text)) : NULL;
}

void names_add_symbol(struct names *names, const struct symbol *symbol)
{
    names->symbols =
        need_grow(names->symbols, names->n_symbols, sizeof *names->symbols);
    names->symbols[names->n_symbols] = *symbol;
    names->symbols[names->n_symbols++].name = copy(symbol->name);
}

void names_add_place(struct names *names, const struct place *place)
{
    names->places =
        need_grow(names->places, names->n_places, sizeof *names->places);
    names->places[names->n_places++] = (struct place){
        place->pc, copy(place->function), copy(place->file), place->line};
}

static struct source *find_source(const struct names *names, const char *file)
{
    for (size_t i = 0; i < names->n_sources; i++) {
        if (strcmp(names->sources[i].file, file) == 0)
            return &names->sources[i];
    }
    return NULL;
}

static void read_source(struct names *names, const char *file, FILE *from)
{
    struct source s = {.file = copy(file)};
    char *line = NULL;
    size_t size = 0;

    while (getline(&line, &size, from) >= 0) {
        line[strcspn(line, "\r\n")] = '\0';
        s.lines = need_grow(s.lines, s.n_lines, sizeof *s.lines);
        s.lines[s.n_lines++] = copy(line);
    }
    free(line);
    names->sources =
        need_grow(names->sources, names->n_sources, sizeof *names->sources);
    names->sources[names->n_sources++] = s;
}

void names_add_source(struct names *names, const char *file)
{
    FILE *from = find_source(names, file) ? NULL : fopen(file, "r");

    if (!from)
        return;
    read_source(names, file, from);
    fclose(from);
}

void names_add_text(struct names *names, const char *file, const char *text)
{
    FILE *from = tmpfile();

    need(from);
    fputs(text, from);
    rewind(from);
    read_source(names, file, from);
    fclose(from);
}

static bool covers(const struct symbol *s, uintptr_t at)
{
    return at == s->at || (at > s->at && at - s->at < s->size);
}

/* What was given comes first, and of the rest the smallest.  */
static bool is_better(const struct symbol *a, const struct symbol *b)
{
    if (!b || a->given != b->given)
        return !b || a->given;
    return a->size < b->size || (a->type && !b->type);
}

static const struct symbol *find_among(const struct names *names, uintptr_t at,
                                       bool given)
{
    const struct symbol *best = NULL;

    for (size_t i = 0; i < names->n_symbols; i++) {
        const struct symbol *s = &names->symbols[i];
        if (covers(s, at) && (given || !s->given) && is_better(s, best))
            best = s;
    }
    return best;
}

static const struct symbol *find_symbol(const struct names *names, uintptr_t at)
{
    return find_among(names, at, true);
}

/* What kinds of objects are called that have no name.  */
static const char *kind_word(enum kind kind)
{
    switch (kind) {
    case KIND_MUTEX:
        return "mutex";
    case KIND_COND:
    case KIND_CONDITION:
        return "condition";
    case KIND_PBARRIER:
    case KIND_BARRIER:
        return "barrier";
    case KIND_SEM:
    case KIND_SEMAPHORE:
    case KIND_BOUNDED:
        return "semaphore";
    case KIND_RWLOCK:
        return "rwlock";
    case KIND_SPINLOCK:
    case KIND_LOCK:
        return "lock";
    case KIND_ONCE:
        return "once";
    case KIND_RLOCK:
        return "rlock";
    case KIND_EVENT:
        return "event";
    case KIND_NONE:
    case KIND_THREAD:
    case KIND_MEMORY:
    case KIND_FUTEX:
        break;
    }
    return "memory";
}

/* A block says enough of memory, but not of what is made of it.  */
static bool is_named(const struct names *names, uintptr_t at, enum kind kind)
{
    const struct symbol *s = find_symbol(names, at);

    return s && (!s->is_block || kind == KIND_MEMORY);
}

static void number(struct names *names, const struct step *s)
{
    const char *word = kind_word(s->kind);
    struct symbol symbol = {.at = (uintptr_t)s->object,
                            .size = s->size ? s->size : 1};

    if (!s->object || is_named(names, symbol.at, s->kind))
        return;
    need_print(&symbol.name, "%s %d", word, ++names->numbered[s->kind]);
    names_add_symbol(names, &symbol);
    free(symbol.name);
}

void names_number(struct names *names, const struct trace *t)
{
    for (size_t i = 0; i < t->length; i++)
        number(names, &t->steps[i]);
    for (int i = 0; i < t->n_blocked; i++)
        number(names, &t->blocked[i]);
}

/* The parts of a lock and its like: who speaks of the object does not mean
   them.  */
static bool is_private(const char *name)
{
    return strncmp(name, "__", 2) == 0 || strncmp(name, "il_", 3) == 0;
}

/* Part of a variable: from its type, `offset` bytes in.  */
struct part_of {
    const struct type *type; /* NULL: unknown */
    size_t offset;
};

static const struct part *find_part(const struct part_of *p, size_t size)
{
    for (size_t i = 0; i < p->type->n_parts; i++) {
        const struct part *part = &p->type->parts[i];
        size_t begin = (size_t)part->value;
        if (part->type && p->offset >= begin
            && p->offset - begin < part->type->size
            && (size > 0 || !is_private(part->name)))
            return part;
    }
    return NULL;
}

static bool enter_element(struct part_of *p, FILE *out)
{
    const struct type *e = p->type->element;

    if (!e || e->size == 0)
        return false;
    fprintf(out, "[%zu]", p->offset / e->size);
    *p = (struct part_of){e, p->offset % e->size};
    return true;
}

static bool enter_part(struct part_of *p, size_t size, FILE *out)
{
    const struct part *part = find_part(p, size);

    if (!part)
        return false;
    if (part->name[0])
        fprintf(out, ".%s", part->name);
    *p = (struct part_of){part->type, p->offset - (size_t)part->value};
    return true;
}

/* Goes into the type down to what has that size, and writes the way.  */
static struct part_of descend(struct part_of p, size_t size, FILE *out)
{
    while (p.type && p.type->size > size) {
        if (p.type->form == FORM_ARRAY    ? !enter_element(&p, out)
            : p.type->form == FORM_STRUCT ? !enter_part(&p, size, out)
                                          : true)
            break;
    }
    return p;
}

/* Writes the part of the symbol that is there.  Returns its type if that is
   known.  */
static const struct type *write_part(const struct symbol *s, uintptr_t at,
                                     size_t size, FILE *out)
{
    struct part_of p;

    fputs(s->name, out);
    p = descend((struct part_of){s->type, at - s->at}, size, out);
    if (p.offset > 0)
        fprintf(out, "+%zu", p.offset);
    return p.offset == 0 && p.type && p.type->size == size ? p.type : NULL;
}

void names_write(const struct names *names, const void *at, size_t size,
                 FILE *out)
{
    const struct symbol *s = find_symbol(names, (uintptr_t)at);

    if (s)
        write_part(s, (uintptr_t)at, size, out);
    else
        fprintf(out, "0x%" PRIxPTR, (uintptr_t)at);
}

static int64_t with_sign(uint64_t value, size_t size)
{
    unsigned unused = size < 8 ? (unsigned)(64 - 8 * size) : 0;
    return unused < 64 ? (int64_t)(value << unused) >> unused : 0;
}

static void write_float(uint64_t value, size_t size, FILE *out)
{
    float f;
    double d;

    if (size == sizeof f) {
        uint32_t low = (uint32_t)value;
        memcpy(&f, &low, sizeof f);
        d = (double)f;
    } else
        memcpy(&d, &value, sizeof d);
    fprintf(out, "%g", d);
}

static void write_enum(const struct type *t, int64_t value, FILE *out)
{
    for (size_t i = 0; i < t->n_parts; i++) {
        if (t->parts[i].value == value) {
            fputs(t->parts[i].name, out);
            return;
        }
    }
    fprintf(out, "%" PRId64, value);
}

static void write_character(int64_t value, FILE *out)
{
    if (value > ' ' && value < 127)
        fprintf(out, "'%c'", (int)value);
    else
        fprintf(out, "%" PRId64, value);
}

static bool is_in_block(const struct names *names, uint64_t value)
{
    const struct symbol *s = find_symbol(names, (uintptr_t)value);

    return s && s->is_block;
}

static void write_pointer(const struct names *names, uint64_t value, FILE *out)
{
    if (value == 0)
        fputs("NULL", out);
    else {
        if (find_symbol(names, (uintptr_t)value) && !is_in_block(names, value))
            putc('&', out);
        names_write(names, (const void *)(uintptr_t)value, 0, out);
    }
}

/* Who gives a name tells no type: that is the variable's.  */
static const struct type *type_at(const struct names *names, uintptr_t at,
                                  size_t size)
{
    const struct symbol *s = find_among(names, at, false);
    const struct type *t;
    char *text;
    FILE *nowhere;

    if (!s)
        return NULL;
    nowhere = need_stream(&text);
    t = write_part(s, at, size, nowhere);
    fclose(nowhere);
    free(text);
    return t;
}

void names_write_value(const struct names *names, const void *at, size_t size,
                       uint64_t value, FILE *out)
{
    const struct type *t = type_at(names, (uintptr_t)at, size);
    int64_t number = with_sign(value, size);
    bool points = !t && size == sizeof(void *) && is_in_block(names, value);

    switch (points ? FORM_POINTER : t ? t->form : FORM_SIGNED) {
    case FORM_UNSIGNED:
        fprintf(out, "%" PRIu64, value);
        break;
    case FORM_BOOL:
        fputs(value & 255 ? "true" : "false", out);
        break;
    case FORM_CHARACTER:
        write_character(number, out);
        break;
    case FORM_FLOAT:
        write_float(value, size, out);
        break;
    case FORM_POINTER:
        write_pointer(names, value, out);
        break;
    case FORM_ENUM:
        write_enum(t, number, out);
        break;
    case FORM_SIGNED:
    case FORM_STRUCT:
    case FORM_ARRAY:
        fprintf(out, "%" PRId64, number);
        break;
    }
}

const char *names_function(const struct names *names, uintptr_t at)
{
    for (size_t i = 0; i < names->n_symbols; i++) {
        if (names->symbols[i].at == at)
            return names->symbols[i].name;
    }
    return NULL;
}

const struct place *names_place(const struct names *names, uintptr_t pc)
{
    for (size_t i = 0; i < names->n_places; i++) {
        if (names->places[i].pc == pc)
            return &names->places[i];
    }
    return NULL;
}

const struct source *names_source(const struct names *names,
                                  const struct place *place)
{
    return place && place->file ? find_source(names, place->file) : NULL;
}

const char *names_line(const struct names *names, const struct place *place)
{
    const struct source *s = names_source(names, place);
    const char *text;

    if (!s || place->line < 1 || (size_t)place->line > s->n_lines)
        return NULL;
    text = s->lines[place->line - 1];
    while (isspace((unsigned char)*text))
        text++;
    return text;
}
