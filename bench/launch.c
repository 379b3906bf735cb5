/* launch.c -- see launch.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "memory.h"

enum { CHUNK = 65536, MS = 1000 };

extern char **environ;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool spawn(char *const argv[], int out, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    int r;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    r = posix_spawn(pid, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    errno = r;
    return r == 0;
}

/* Whether there is something to read before `end`.  */
static bool is_readable(int fd, double end)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    double left;

    while ((left = end - now()) > 0) {
        if (poll(&p, 1, (int)(left * MS) + 1) > 0)
            return true;
    }
    return false;
}

/* Reads all until the end of the file.  Returns NULL if that does not come in
   time.  */
static char *read_all(int fd, double end)
{
    size_t used = 0;
    char *text = NULL;

    for (;;) {
        ssize_t n;
        text = memory_grow(text, used + CHUNK + 1, 1);
        if (!is_readable(fd, end))
            break;
        n = read(fd, text + used, CHUNK);
        if (n < 0 && errno != EINTR)
            break;
        if (n == 0) {
            text[used] = '\0';
            return text;
        }
        used += n > 0 ? (size_t)n : 0;
    }
    free(text);
    return NULL;
}

/* Waits for the end of a process that was killed or closed its output.  */
static int reap(pid_t pid)
{
    int status = -1;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    return status;
}

static bool says_why(int status, char *why, size_t size)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return false;
    if (WIFSIGNALED(status))
        snprintf(why, size, "its process was ended by signal %d",
                 WTERMSIG(status));
    else
        snprintf(why, size, "its process failed with %d", WEXITSTATUS(status));
    return true;
}

char *launch(char *const argv[], double seconds, char *why, size_t size)
{
    int ends[2], status;
    pid_t pid;
    char *text;

    if (pipe2(ends, O_CLOEXEC) != 0 || !spawn(argv, ends[1], &pid)) {
        snprintf(why, size, "its process cannot be started: %s",
                 strerror(errno));
        return NULL;
    }
    close(ends[1]);
    text = read_all(ends[0], now() + seconds);
    close(ends[0]);
    if (!text) {
        kill(pid, SIGKILL);
        reap(pid);
        snprintf(why, size, "its process hangs");
        return NULL;
    }
    status = reap(pid);
    if (says_why(status, why, size)) {
        free(text);
        return NULL;
    }
    return text;
}
