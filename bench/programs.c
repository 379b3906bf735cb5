/* programs.c -- see programs.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "programs.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "launch.h"
#include "memory.h"
#include "now.h"
#include "options.h"

enum { LIST_S = 30 };

static struct offer *offers;
static size_t n_offers;
static struct failure *failures;
static size_t n_failures;

/* Of those that answered.  */
static struct {
    double seconds;
    unsigned n;
} starts;

/* The folder beside this program.  */
static void find_folder(char *path, size_t size, const char *name)
{
    ssize_t n = readlink("/proc/self/exe", path, size - strlen(name) - 2);
    char *slash;

    path[n > 0 ? n : 0] = '\0';
    slash = strrchr(path, '/');
    sprintf(slash ? slash : path, "/%s", name);
}

static bool is_program(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && S_ISREG(s.st_mode) && access(path, X_OK) == 0;
}

static const char *file_name(const char *path)
{
    return strrchr(path, '/') + 1;
}

static void add_offer(const char *program, const char *line)
{
    char peer[40], primitive[40], loop[40];
    struct offer *o;

    if (sscanf(line, "%39s %39s %39s", peer, primitive, loop) != 3)
        return;
    offers = memory_grow(offers, n_offers + 1, sizeof *offers);
    o = &offers[n_offers++];
    o->program = memory_copy(program);
    o->peer = memory_copy(peer);
    o->primitive = memory_copy(primitive);
    o->loop = memory_copy(loop);
    o->is_planted = strcmp(file_name(program), "planted") == 0;
}

static void add_failure(const char *program, const char *why)
{
    failures = memory_grow(failures, n_failures + 1, sizeof *failures);
    failures[n_failures++] =
        (struct failure){memory_copy(file_name(program)), memory_copy(why)};
}

static void ask(char *program)
{
    char list[] = "list", why[80], *argv[] = {program, list, NULL}, *rest;
    double begin = now();
    char *text = launch(argv, LIST_S, why, sizeof why);

    if (!text) {
        add_failure(program, why);
        return;
    }
    starts.seconds += now() - begin;
    starts.n++;
    for (char *line = strtok_r(text, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest))
        add_offer(program, line);
    free(text);
}

static int rank(const char *name)
{
    return strcmp(name, "interlock") == 0 ? 0
           : strcmp(name, "pthread") == 0 ? 1
                                          : 2;
}

static int compare(const struct dirent **a, const struct dirent **b)
{
    int difference = rank((*a)->d_name) - rank((*b)->d_name);
    return difference ? difference : strcmp((*a)->d_name, (*b)->d_name);
}

void programs_find(const char *name)
{
    char folder[PATH_MAX], path[2 * PATH_MAX];
    struct dirent **entries;
    int n;

    n_offers = n_failures = 0;
    find_folder(folder, sizeof folder, name);
    n = scandir(folder, &entries, NULL, compare);
    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (is_program(path))
            ask(path);
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    if (n_offers == 0 && n_failures == 0)
        refuse("there are no programs in %s: make bench-programs", folder);
}

double programs_start_ms(void)
{
    return starts.n > 0 ? starts.seconds * 1000 / starts.n : 0;
}

const struct failure *programs_failure(size_t i)
{
    return i < n_failures ? &failures[i] : NULL;
}

const struct offer *programs_offer(size_t i)
{
    return i < n_offers ? &offers[i] : NULL;
}

const struct offer *programs_get(const char *peer, const char *primitive,
                                 const char *loop)
{
    for (size_t i = 0; i < n_offers; i++) {
        const struct offer *o = &offers[i];
        if (strcmp(o->peer, peer) == 0 && strcmp(o->primitive, primitive) == 0
            && strcmp(o->loop, loop) == 0)
            return o;
    }
    return NULL;
}

bool programs_have(const char *peer)
{
    for (size_t i = 0; i < n_offers; i++) {
        if (strcmp(offers[i].peer, peer) == 0)
            return true;
    }
    return false;
}
