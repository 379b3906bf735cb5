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

enum { LIST_S = 30 };

static struct offer *offers;
static size_t n_offers;

/* The folder beside this program.  */
static void find_folder(char *path, size_t size)
{
    ssize_t n = readlink("/proc/self/exe", path, size - sizeof "/peers");
    char *slash;

    path[n > 0 ? n : 0] = '\0';
    slash = strrchr(path, '/');
    strcpy(slash ? slash : path, "/peers");
}

static bool is_program(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && S_ISREG(s.st_mode) && access(path, X_OK) == 0;
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
    o->is_planted = strcmp(strrchr(program, '/'), "/planted") == 0;
}

/* A program that does not answer has nothing to offer, and says so.  */
static void ask(char *program)
{
    char list[] = "list", why[80], *argv[] = {program, list, NULL}, *rest;
    char *text = launch(argv, LIST_S, why, sizeof why);

    if (!text) {
        fprintf(stderr, "contention: %s: %s.\n", program, why);
        return;
    }
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

void programs_find(void)
{
    char folder[PATH_MAX], path[2 * PATH_MAX];
    struct dirent **entries;
    int n;

    find_folder(folder, sizeof folder);
    n = scandir(folder, &entries, NULL, compare);
    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (is_program(path))
            ask(path);
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
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
