/* places.c -- the lines of the program: load.h.

   binutils' addr2line reads what the compiler says of them, in each format that
   there is.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "load.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explore/need.h"

static char *read_all(int fd)
{
    FILE *from = fdopen(fd, "r");
    char *text;
    FILE *to = need_stream(&text);
    char buffer[4096];
    size_t n;

    need(from);
    while ((n = fread(buffer, 1, sizeof buffer, from)) > 0)
        fwrite(buffer, 1, n, to);
    fclose(from);
    fclose(to);
    return text;
}

/* Begins a program that writes to the descriptor and complains to nobody.  In
   English, since it is read by us.  Returns whether it runs.  */
static bool begin_tool(const char *const *arguments, int to, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    char *path, english[] = "LC_ALL=C";
    char *environment[] = {english, NULL, NULL};
    bool ok;

    need_print(&path, "PATH=%s",
               getenv("PATH") ? getenv("PATH") : "/usr/bin:/bin");
    environment[1] = path;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, to, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    ok = posix_spawnp(pid, arguments[0], &actions, NULL,
                      (char *const *)(uintptr_t)arguments, environment)
         == 0;
    posix_spawn_file_actions_destroy(&actions);
    free(path);
    return ok;
}

static void await_tool(pid_t pid)
{
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

char *load_output(const char *const *arguments)
{
    int ends[2];
    char *text;
    pid_t pid;
    bool runs;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return NULL;
    runs = begin_tool(arguments, ends[1], &pid);
    close(ends[1]);
    text = read_all(ends[0]);
    if (runs)
        await_tool(pid);
    return text;
}

/* Returns the path as it is seen from here.  */
static const char *relative(const char *path)
{
    static char here[4096];
    size_t n;

    if (!getcwd(here, sizeof here))
        return path;
    n = strlen(here);
    return strncmp(path, here, n) == 0 && path[n] == '/' ? path + n + 1 : path;
}

/* Reads "file:line" or "file:line (discriminator 3)" into *p.  */
static void read_where(struct place *p, char *where)
{
    char *colon = strrchr(where, ':');

    if (!colon || strncmp(where, "??", 2) == 0)
        return;
    *colon = '\0';
    p->line = (int)strtol(colon + 1, NULL, 10);
    p->file = (char *)(uintptr_t)relative(where);
}

/* What IL_WITH does is done at the line that has it.  */
static bool is_ours(const struct place *p)
{
    static const char ours[] = "/interlock/with.h";
    size_t n = p->file ? strlen(p->file) : 0;

    return n >= strlen(ours) && strcmp(p->file + n - strlen(ours), ours) == 0;
}

/* Reads an address and the pairs of a function and its line, the inlined ones
   first, at *text, and steps over them.  */
static void add_place(struct names *names, uintptr_t pc, char **text)
{
    struct place p = {.pc = pc};

    strsep(text, "\n");
    while (*text && **text && strncmp(*text, "0x", 2) != 0) {
        char *function = strsep(text, "\n"), *where = strsep(text, "\n");
        if (!where || (p.file && !is_ours(&p)))
            continue;
        p.function = function;
        read_where(&p, where);
    }
    if (p.function && strcmp(p.function, "??") == 0)
        p.function = NULL;
    if (p.file)
        names_add_source(names, p.file);
    names_add_place(names, &p);
}

/* Asks for all addresses at once: the tool reads the whole file each time.  A
   return address is just after the call, maybe on the next line.  */
static void ask(const struct image *image, struct names *names,
                const uintptr_t *pcs, size_t n)
{
    static const char *const tool[] = {"addr2line", "-a", "-i", "-f", "-e"};
    enum { FIRST = sizeof tool / sizeof *tool + 1 };
    const char **arguments = need_new(FIRST + n + 1, sizeof *arguments);
    char *text, *at;

    memcpy(arguments, tool, sizeof tool);
    arguments[FIRST - 1] = image->path;
    for (size_t i = 0; i < n; i++) {
        char *address;
        need_print(&address, "0x%" PRIxPTR, pcs[i] - 1 - image->base);
        arguments[FIRST + i] = address;
    }
    at = text = load_output(arguments);
    for (size_t i = 0; i < n; i++) {
        add_place(names, pcs[i], &at);
        free((void *)(uintptr_t)arguments[FIRST + i]);
    }
    free(text);
    free(arguments);
}

static bool is_among(const uintptr_t *pcs, size_t n, uintptr_t pc)
{
    for (size_t i = 0; i < n; i++) {
        if (pcs[i] == pc)
            return true;
    }
    return false;
}

void load_places(const struct image *image, struct names *names,
                 const uintptr_t *pcs, size_t n)
{
    uintptr_t *unknown = need_new(n, sizeof *unknown);
    size_t k = 0;

    for (size_t i = 0; i < n; i++) {
        if (pcs[i] && !names_place(names, pcs[i])
            && !is_among(unknown, k, pcs[i]))
            unknown[k++] = pcs[i];
    }
    if (k > 0 && image->path[0])
        ask(image, names, unknown, k);
    free(unknown);
}
