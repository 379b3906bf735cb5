/* isolate.c -- lets a program run again from its start, in the same process.

   A fork for each execution would cost a hundred times as much.  All that a
   program's own code can write is the data of its executable, its thread-local
   memory, its heap (arena.c) and its stacks (fiber.c); the first two are copied
   before main is called, and copied back.  What libraries keep for themselves
   stays as it is, and so do files.

   The data are one private mapping of a copy, if they are large: to forget what
   was written there puts them back, and costs no more than what was written.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "explore/need.h"
#include "isolate.h"

#include <errno.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SEGMENTS_MOST = 16, LARGE = 1 << 16 };

struct segment {
    char *at;
    size_t size;
    char *copy;     /* of what is copied back, or NULL: */
    bool is_mapped; /* its whole pages are */
};

/* Thread-local memory of an object, of this thread.  */
struct tls {
    char *at;
    size_t size, file_size;
    const void *image;
};

/* The program's, and that of C++'s library: which exceptions are handled.  */
enum { OWN, CXX, BLOCKS };

static struct {
    struct segment segments[SEGMENTS_MOST];
    int n;
    uintptr_t code, code_end;
    struct tls tls[BLOCKS];
    void *tls_initial;
} program;

static uintptr_t page_size(void)
{
    return (uintptr_t)sysconf(_SC_PAGESIZE);
}

/* Puts a private mapping of a file with the same content in the place of whole
   pages.  */
static bool map_copy(char *at, size_t size)
{
    int fd = memfd_create("interlock-explore", MFD_CLOEXEC);
    bool done = fd >= 0 && write(fd, at, size) == (ssize_t)size
                && mmap(at, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_FIXED, fd, 0)
                       != MAP_FAILED;

    if (fd >= 0)
        close(fd);
    return done;
}

static void add_segment(char *at, size_t size, bool may_map)
{
    struct segment *s = &program.segments[program.n];

    if (!size || program.n == SEGMENTS_MOST)
        return;
    program.n++;
    *s = (struct segment){.at = at, .size = size};
    s->is_mapped = may_map && map_copy(at, size);
    if (!s->is_mapped) {
        s->copy = need(malloc(size));
        memcpy(s->copy, at, size);
    }
}

/* What is writable: its whole pages can be mapped if there are many.  */
static void add_data(uintptr_t begin, uintptr_t end)
{
    uintptr_t page = page_size();
    uintptr_t first = (begin + page - 1) & ~(page - 1);
    uintptr_t last = end & ~(page - 1);

    if (end - begin < LARGE || first >= last) {
        add_segment((char *)begin, end - begin, false);
        return;
    }
    add_segment((char *)begin, first - begin, false);
    add_segment((char *)first, last - first, true);
    add_segment((char *)last, end - last, false);
}

static void find_tls(const struct dl_phdr_info *info, struct tls *tls)
{
    for (int i = 0; info->dlpi_tls_data && i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        if (p->p_type == PT_TLS)
            *tls = (struct tls){
                .at = info->dlpi_tls_data,
                .size = p->p_memsz,
                .file_size = p->p_filesz,
                .image = (const void *)(info->dlpi_addr + p->p_vaddr)};
    }
}

/* The pages that the dynamic linker has made read-only again.  */
static uintptr_t relro_end(const struct dl_phdr_info *info)
{
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        if (p->p_type == PT_GNU_RELRO)
            return (info->dlpi_addr + p->p_vaddr + p->p_memsz)
                   & ~(page_size() - 1);
    }
    return 0;
}

static void find_load(const struct dl_phdr_info *info, const ElfW(Phdr) * p)
{
    uintptr_t begin = info->dlpi_addr + p->p_vaddr;
    uintptr_t end = begin + p->p_memsz;
    uintptr_t relro = relro_end(info);

    if (p->p_flags & PF_X) {
        if (!program.code || begin < program.code)
            program.code = begin;
        if (end > program.code_end)
            program.code_end = end;
    }
    if (!(p->p_flags & PF_W))
        return;
    if (relro > begin && relro <= end)
        begin = relro;
    add_data(begin, end);
}

/* The first object is the program.  */
static int find_segments(struct dl_phdr_info *info, size_t size, void *unused)
{
    (void)size;
    (void)unused;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        if (p->p_type == PT_LOAD)
            find_load(info, p);
    }
    find_tls(info, &program.tls[OWN]);
    return 1;
}

static int find_cxx(struct dl_phdr_info *info, size_t size, void *unused)
{
    bool is_it = strstr(info->dlpi_name, "/libstdc++.")
                 || strstr(info->dlpi_name, "/libc++abi.");

    (void)size;
    (void)unused;
    if (is_it)
        find_tls(info, &program.tls[CXX]);
    return is_it;
}

void isolate_set_up(void)
{
    dl_iterate_phdr(find_segments, NULL);
    dl_iterate_phdr(find_cxx, NULL);
    program.tls_initial = need_new(1, isolate_tls_size());
    isolate_tls_save(program.tls_initial);
}

void isolate_restore(void)
{
    for (int i = 0; i < program.n; i++) {
        const struct segment *s = &program.segments[i];
        if (s->is_mapped)
            madvise(s->at, s->size, MADV_DONTNEED);
        else
            memcpy(s->at, s->copy, s->size);
    }
}

bool isolate_is_code(uintptr_t pc)
{
    return pc - program.code < program.code_end - program.code;
}

size_t isolate_tls_size(void)
{
    return program.tls[OWN].size + program.tls[CXX].size;
}

bool isolate_is_tls(const void *at, size_t size)
{
    const struct tls *own = &program.tls[OWN];
    uintptr_t offset = (uintptr_t)at - (uintptr_t)own->at;

    return at == &errno || (offset < own->size && size <= own->size - offset);
}

bool isolate_is_tls_address(uint64_t value)
{
    return value - (uintptr_t)program.tls[OWN].at < program.tls[OWN].size;
}

void isolate_tls_new(void *block)
{
    char *to = block;

    memset(block, 0, isolate_tls_size());
    for (const struct tls *t = program.tls; t < program.tls + BLOCKS; t++) {
        if (t->size)
            memcpy(to, t->image, t->file_size);
        to += t->size;
    }
}

void isolate_tls_initial(void *block)
{
    memcpy(block, program.tls_initial, isolate_tls_size());
}

void isolate_tls_save(void *block)
{
    char *to = block;

    for (const struct tls *t = program.tls; t < program.tls + BLOCKS; t++) {
        if (t->size)
            memcpy(to, t->at, t->size);
        to += t->size;
    }
}

void isolate_tls_load(const void *block)
{
    const char *from = block;

    for (const struct tls *t = program.tls; t < program.tls + BLOCKS; t++) {
        if (t->size)
            memcpy(t->at, from, t->size);
        from += t->size;
    }
}
