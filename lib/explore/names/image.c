/* image.c -- the symbols of the program: load.h.

   The symbol table has what is static too, which the dynamic one and dladdr
   lack.  (System V Application Binary Interface, chapter 4: "Symbol Table".)

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "load.h"

#include <ctype.h>
#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "explore/need.h"

/* The first object that is listed is the program.  */
static int find_base(struct dl_phdr_info *info, size_t size, void *base)
{
    (void)size;
    *(uintptr_t *)base = info->dlpi_addr;
    return 1;
}

struct image load_image(void)
{
    struct image image = {0};
    ssize_t n = readlink("/proc/self/exe", image.path, sizeof image.path - 1);

    image.path[n > 0 ? n : 0] = '\0';
    dl_iterate_phdr(find_base, &image.base);
    return image;
}

/* A file in memory, of which nothing is believed.  */
struct file {
    const char *bytes;
    size_t size;
};

static struct file map_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    struct file f = {0};
    void *bytes;

    if (fd < 0)
        return f;
    if (fstat(fd, &status) == 0 && status.st_size > 0) {
        bytes =
            mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes != MAP_FAILED)
            f = (struct file){bytes, (size_t)status.st_size};
    }
    close(fd);
    return f;
}

/* Returns `n` bytes at `offset`, or NULL if the file has not so many.  */
static const void *bytes_at(const struct file *f, size_t offset, size_t n)
{
    return offset <= f->size && n <= f->size - offset ? f->bytes + offset
                                                      : NULL;
}

/* gcc calls a static variable of a function count.0, clang run.count.  */
static char *plain_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    char *plain;

    if (dot && dot > name && dot[1] != '\0' && !isdigit((unsigned char)dot[1]))
        return need(strdup(dot + 1));
    plain = need(strdup(name));
    plain[dot && dot > name ? (size_t)(dot - name) : strlen(name)] = '\0';
    return plain;
}

/* What C++ calls it, if it is of C++, whose library then is here.  */
static char *cxx_name(const char *name)
{
    union {
        void *object;
        char *(*demangle)(const char *, char *, size_t *, int *);
    } found = {NULL};
    int status;

    if (strncmp(name, "_Z", 2) == 0)
        found.object = dlsym(RTLD_DEFAULT, "__cxa_demangle");
    return found.object ? found.demangle(name, NULL, NULL, &status) : NULL;
}

static void add_symbol(const struct image *image, struct names *names,
                       const ElfW(Sym) * sym, const char *name)
{
    struct symbol s = {.at = image->base + sym->st_value, .size = sym->st_size};
    int type = ELF32_ST_TYPE(sym->st_info);

    if (sym->st_shndx == SHN_UNDEF || (type != STT_OBJECT && type != STT_FUNC)
        || name[0] == '\0' || sym->st_size == 0)
        return;
    s.name = cxx_name(name);
    if (!s.name)
        s.name = plain_name(name);
    names_add_symbol(names, &s);
    free(s.name);
}

static void add_table(const struct image *image, struct names *names,
                      const struct file *f, const ElfW(Shdr) * table,
                      const ElfW(Shdr) * strings)
{
    const char *text = bytes_at(f, strings->sh_offset, strings->sh_size);
    const ElfW(Sym) *syms = bytes_at(f, table->sh_offset, table->sh_size);

    if (!text || !syms || strings->sh_size == 0
        || text[strings->sh_size - 1] != '\0')
        return;
    for (size_t i = 0; i < table->sh_size / sizeof *syms; i++) {
        if (syms[i].st_name < strings->sh_size)
            add_symbol(image, names, &syms[i], text + syms[i].st_name);
    }
}

void load_symbols(const struct image *image, struct names *names)
{
    struct file f = map_file(image->path);
    const ElfW(Ehdr) *head = bytes_at(&f, 0, sizeof *head);
    const ElfW(Shdr) *sections = NULL;

    if (head && memcmp(head->e_ident, ELFMAG, SELFMAG) == 0
        && head->e_shentsize == sizeof *sections)
        sections =
            bytes_at(&f, head->e_shoff, head->e_shnum * sizeof *sections);
    for (int i = 0; sections && i < head->e_shnum; i++) {
        if (sections[i].sh_type == SHT_SYMTAB
            && sections[i].sh_link < head->e_shnum)
            add_table(image, names, &f, &sections[i],
                      &sections[sections[i].sh_link]);
    }
    if (f.size > 0)
        munmap((void *)(uintptr_t)f.bytes, f.size);
}
