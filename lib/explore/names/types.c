/* types.c -- the types of the program's variables: load.h.

   binutils' readelf writes down what the compiler says (DWARF, whichever
   version and form); of that we read the few words that names need.  Each entry
   begins with a line that has its depth and its offset, and the offset is how
   others refer to it.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "load.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "explore/need.h"

enum tag {
    TAG_OTHER,
    TAG_SAME, /* typedef, const ...: as what it is of */
    TAG_BASE,
    TAG_POINTER,
    TAG_ENUM,
    TAG_ENUMERATOR,
    TAG_STRUCT, /* or union */
    TAG_MEMBER,
    TAG_ARRAY,
    TAG_RANGE,
    TAG_VARIABLE, /* or parameter */
    TAG_FUNCTION,
};

/* What is said of one thing.  */
struct entry {
    enum tag tag;
    int depth;
    uint64_t offset;
    char *name;
    uint64_t type, specification; /* offsets, or 0 */
    uint64_t size;                /* of a function, of its code */
    int encoding;
    int64_t value; /* of an enumerator; where a member begins, or a local
                      variable; how many elements a range has */
    uint64_t address;
    bool has_address;
    bool is_local;   /* `value` counts from the function's frame */
    bool has_cfa;    /* which is the stack before the call, else the pointer */
    bool is_open;    /* its type is being made */
    struct type *is; /* or NULL: not made yet */
};

struct entries {
    struct entry *list;
    size_t n;
    struct names *names;
};

static enum tag tag_of(const char *line)
{
    static const struct {
        const char *word;
        enum tag tag;
    } tags[] = {
        {"(DW_TAG_typedef)", TAG_SAME},
        {"(DW_TAG_const_type)", TAG_SAME},
        {"(DW_TAG_volatile_type)", TAG_SAME},
        {"(DW_TAG_atomic_type)", TAG_SAME},
        {"(DW_TAG_restrict_type)", TAG_SAME},
        {"(DW_TAG_base_type)", TAG_BASE},
        {"(DW_TAG_pointer_type)", TAG_POINTER},
        {"(DW_TAG_enumeration_type)", TAG_ENUM},
        {"(DW_TAG_enumerator)", TAG_ENUMERATOR},
        {"(DW_TAG_structure_type)", TAG_STRUCT},
        {"(DW_TAG_union_type)", TAG_STRUCT},
        {"(DW_TAG_member)", TAG_MEMBER},
        {"(DW_TAG_array_type)", TAG_ARRAY},
        {"(DW_TAG_subrange_type)", TAG_RANGE},
        {"(DW_TAG_variable)", TAG_VARIABLE},
        {"(DW_TAG_formal_parameter)", TAG_VARIABLE},
        {"(DW_TAG_subprogram)", TAG_FUNCTION},
    };

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (strstr(line, tags[i].word))
            return tags[i].tag;
    }
    return TAG_OTHER;
}

/* Reads " <1><2e>: Abbrev Number: 2 (DW_TAG_base_type)".  Returns whether it
   is such a line.  */
static bool read_head(const char *line, struct entry *e)
{
    *e = (struct entry){.tag = tag_of(line)};
    return sscanf(line, " <%d><%" SCNx64 ">: Abbrev Number", &e->depth,
                  &e->offset)
           == 2;
}

/* Returns the string in "(indirect string, offset: 0x115): balance", or in
   "balance".  */
static const char *string_of(const char *value)
{
    const char *end = value[0] == '(' ? strstr(value, "): ") : NULL;
    return end ? end + strlen("): ") : value;
}

static bool is_attribute(const char *line, const char *name)
{
    size_t n = strlen(name);
    return strncmp(line, name, n) == 0 && (line[n] == ' ' || line[n] == ':');
}

static void read_location(struct entry *e, const char *value)
{
    const char *address = strstr(value, "(DW_OP_addr: ");
    const char *local = strstr(value, "(DW_OP_fbreg: ");

    if (address)
        e->has_address =
            sscanf(address, "(DW_OP_addr: %" SCNx64 ")", &e->address) == 1;
    if (local)
        e->is_local =
            sscanf(local, "(DW_OP_fbreg: %" SCNd64 ")", &e->value) == 1;
}

/* Reads what follows on "<off>   DW_AT_".  */
static void read_attribute(struct entry *e, const char *line)
{
    const char *value = strchr(line, ':');

    if (!value)
        return;
    value += 1 + strspn(value + 1, " \t");
    if (is_attribute(line, "name") && !e->name)
        e->name = need(strdup(string_of(value)));
    else if (is_attribute(line, "type"))
        sscanf(value, "<0x%" SCNx64 ">", &e->type);
    else if (is_attribute(line, "specification"))
        sscanf(value, "<0x%" SCNx64 ">", &e->specification);
    else if (is_attribute(line, "byte_size"))
        e->size = strtoull(value, NULL, 0);
    else if (is_attribute(line, "encoding"))
        e->encoding = atoi(value);
    else if (is_attribute(line, "upper_bound"))
        e->value = strtoll(value, NULL, 0) + 1;
    else if (is_attribute(line, "count") || is_attribute(line, "const_value")
             || is_attribute(line, "data_member_location"))
        e->value = strtoll(value, NULL, 0);
    else if (is_attribute(line, "location"))
        read_location(e, value);
    else if (is_attribute(line, "low_pc"))
        e->address = strtoull(string_of(value), NULL, 0);
    else if (is_attribute(line, "high_pc"))
        e->size = strtoull(string_of(value), NULL, 0);
    else if (is_attribute(line, "frame_base"))
        e->has_cfa = strstr(value, "(DW_OP_call_frame_cfa)");
}

static void add_entry(struct entries *all, const struct entry *e)
{
    all->list = need_grow(all->list, all->n, sizeof *all->list);
    all->list[all->n++] = *e;
}

static void read_entries(struct entries *all, char *text)
{
    struct entry e;

    for (char *line; text && (line = strsep(&text, "\n"));) {
        const char *attribute = strstr(line, "DW_AT_");
        if (read_head(line, &e))
            add_entry(all, &e);
        else if (attribute && all->n > 0)
            read_attribute(&all->list[all->n - 1],
                           attribute + strlen("DW_AT_"));
    }
}

static struct entry *find(const struct entries *all, uint64_t offset)
{
    size_t low = 0, high = all->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->list[middle].offset < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < all->n && all->list[low].offset == offset ? &all->list[low]
                                                           : NULL;
}

/* Returns the first part of e, or the next after `part`; NULL if there is none.
   What is in the parts is passed over.  */
static struct entry *next_part(const struct entries *all, const struct entry *e,
                               const struct entry *part)
{
    struct entry *end = all->list + all->n;
    struct entry *at = all->list + ((part ? part : e) - all->list) + 1;

    for (; at < end && at->depth > e->depth; at++) {
        if (at->depth == e->depth + 1)
            return at;
    }
    return NULL;
}

static struct type *new_type(struct entries *all, enum form form, size_t size)
{
    struct type *t = need_new(1, sizeof *t);

    *t = (struct type){.form = form, .size = size};
    t->next = all->names->types;
    all->names->types = t;
    return t;
}

static const struct type *type_at(struct entries *all, uint64_t offset);

static enum form form_of(const struct entry *e)
{
    enum { BOOLEAN = 2, FLOAT = 4, SIGNED = 5, SIGNED_CHAR = 6 };

    if (e->name && strcmp(e->name, "char") == 0)
        return FORM_CHARACTER;
    if (e->encoding == SIGNED || e->encoding == SIGNED_CHAR)
        return FORM_SIGNED;
    return e->encoding == BOOLEAN ? FORM_BOOL
           : e->encoding == FLOAT ? FORM_FLOAT
                                  : FORM_UNSIGNED;
}

static void add_part(struct type *t, const struct entry *part,
                     const struct type *is)
{
    t->parts = need(realloc(t->parts, (t->n_parts + 1) * sizeof *t->parts));
    t->parts[t->n_parts++] = (struct part){
        need(strdup(part->name ? part->name : "")), part->value, is};
}

static void add_parts(struct entries *all, struct type *t, struct entry *e)
{
    struct entry *part = NULL;

    while ((part = next_part(all, e, part))) {
        if (part->tag == TAG_ENUMERATOR)
            add_part(t, part, NULL);
        else if (part->tag == TAG_MEMBER)
            add_part(t, part, type_at(all, part->type));
    }
}

/* Makes an array of arrays, from the last range on.  */
static const struct type *array_of(struct entries *all, const struct entry *e,
                                   const struct entry *range)
{
    struct entry *next = next_part(all, e, range);
    const struct type *element;
    struct type *t;

    while (next && next->tag != TAG_RANGE)
        next = next_part(all, e, next);
    if (!next)
        return range ? type_at(all, e->type) : NULL;
    element = array_of(all, e, next);
    if (!element || next->value < 0)
        return NULL;
    t = new_type(all, FORM_ARRAY, (size_t)next->value * element->size);
    t->element = element;
    return t;
}

/* Makes the type of an entry.  Returns NULL if it is one of which names need
   nothing.  */
static const struct type *make_type(struct entries *all, struct entry *e)
{
    switch (e->tag) {
    case TAG_SAME:
        return type_at(all, e->type);
    case TAG_BASE:
        return new_type(all, form_of(e), e->size);
    case TAG_POINTER:
        return new_type(all, FORM_POINTER, e->size ? e->size : sizeof(void *));
    case TAG_ENUM:
    case TAG_STRUCT: {
        struct type *t = new_type(
            all, e->tag == TAG_ENUM ? FORM_ENUM : FORM_STRUCT, e->size);
        add_parts(all, t, e);
        return t;
    }
    case TAG_ARRAY:
        return array_of(all, e, NULL);
    case TAG_OTHER:
    case TAG_ENUMERATOR:
    case TAG_MEMBER:
    case TAG_RANGE:
    case TAG_VARIABLE:
    case TAG_FUNCTION:
        break;
    }
    return NULL;
}

/* A type is made once.  One that is in itself is no C.  */
static const struct type *type_at(struct entries *all, uint64_t offset)
{
    struct entry *e = offset ? find(all, offset) : NULL;

    if (!e || e->is_open)
        return NULL;
    if (!e->is) {
        e->is_open = true;
        e->is = (struct type *)(uintptr_t)make_type(all, e);
        e->is_open = false;
    }
    return e->is;
}

/* Whether the variable is that symbol: by its address, or where the compiler
   says only which of a table it is (DW_OP_addrx), by its name.  */
static bool is_symbol(const struct symbol *s, const struct image *image,
                      const struct entry *e, const char *name)
{
    if (s->type || s->given)
        return false;
    if (e->has_address)
        return s->at == image->base + e->address;
    return strcmp(s->name, name) == 0;
}

static void give_type(struct entries *all, const struct image *image,
                      const struct entry *e)
{
    const struct entry *declared =
        e->specification ? find(all, e->specification) : e;
    const char *name = declared && declared->name ? declared->name : "";

    for (size_t i = 0; declared && i < all->names->n_symbols; i++) {
        struct symbol *s = &all->names->symbols[i];
        if (is_symbol(s, image, e, name))
            s->type = type_at(all, declared->type);
    }
}

static const struct entry *find_function(const struct entries *all, uint64_t pc)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct entry *e = &all->list[i];
        if (e->tag == TAG_FUNCTION && pc - e->address < e->size)
            return e;
    }
    return NULL;
}

static void add_local(struct entries *all, const struct entry *e,
                      uintptr_t base)
{
    struct symbol s = {.at = base + (uintptr_t)e->value,
                       .name = e->name,
                       .type = type_at(all, e->type)};

    if (!s.type || !e->name)
        return;
    s.size = s.type->size;
    names_add_symbol(all->names, &s);
}

/* On x86 a function's frame pointer points to its caller's, above which are the
   return address and then the stack before the call.  Elsewhere frames are
   laid out otherwise, and local variables have no names.  */
static void add_locals(struct entries *all, const struct image *image,
                       const struct frame *frame)
{
#if defined __x86_64__ || defined __i386__
    const struct entry *f = find_function(all, frame->pc - image->base);
    struct entry *end = all->list + all->n;

    for (struct entry *e = all->list + (f ? f - all->list + 1 : 0);
         f && e < end && e->depth > f->depth; e++) {
        if (e->tag == TAG_VARIABLE && e->is_local)
            add_local(all, e,
                      frame->pointer
                          + (f->has_cfa ? 2 * sizeof(uintptr_t) : 0));
    }
#else
    (void)all, (void)image, (void)frame;
#endif
}

void load_types(const struct image *image, struct names *names,
                const struct frame *frames, size_t n)
{
    const char *const arguments[] = {"readelf", "--debug-dump=info",
                                     image->path, NULL};
    struct entries all = {.names = names};
    char *text = image->path[0] ? load_output(arguments) : NULL;

    if (text)
        read_entries(&all, text);
    for (size_t i = 0; i < all.n; i++) {
        if (all.list[i].tag == TAG_VARIABLE)
            give_type(&all, image, &all.list[i]);
    }
    for (size_t i = 0; i < n; i++)
        add_locals(&all, image, &frames[i]);
    for (size_t i = 0; i < all.n; i++)
        free(all.list[i].name);
    free(all.list);
    free(text);
}
