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
#include <unistd.h>

#include "memory.h"
#include "now.h"

enum { CHUNK = 65536, MS = 1000, LOOK_MS = 100 };

extern char **environ;

volatile sig_atomic_t launch_interrupted;

/* Returns 0, or the number of the error.  */
static int spawn(char *const argv[], int out, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    int r;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    r = posix_spawn(pid, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    return r;
}

/* Whether there is something to read before `end`.  A signal that comes just
   before poll does not end it, so that one looks now and then.  */
static bool is_readable(int fd, double end)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    double left;

    while (!launch_interrupted && (left = end - now()) > 0) {
        double ms = left * MS + 1;
        if (poll(&p, 1, ms < LOOK_MS ? (int)ms : LOOK_MS) > 0)
            return true;
    }
    return false;
}

/* Reads all until the end of the file.  Returns NULL if that does not come in
   time, or before an interrupt.  */
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

/* Starts the process.  Returns the end of a pipe that gives what it prints, or
   -1 with the reason in errno.  */
static int start(char *const argv[], pid_t *pid)
{
    int ends[2], error;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    error = spawn(argv, ends[1], pid);
    close(ends[1]);
    if (error == 0)
        return ends[0];
    close(ends[0]);
    errno = error;
    return -1;
}

char *launch(char *const argv[], double seconds, char *why, size_t size)
{
    int out, status;
    pid_t pid;
    char *text;

    out = start(argv, &pid);
    if (out < 0) {
        snprintf(why, size, "its process cannot be started: %s",
                 strerror(errno));
        return NULL;
    }
    text = read_all(out, now() + seconds);
    close(out);
    if (!text) {
        kill(pid, SIGKILL);
        reap(pid);
        snprintf(why, size,
                 launch_interrupted ? "it was interrupted"
                                    : "its process hangs");
        return NULL;
    }
    status = reap(pid);
    if (says_why(status, why, size)) {
        free(text);
        return NULL;
    }
    return text;
}
