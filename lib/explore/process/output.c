/* output.c -- the program's standard output and error go to memory files, so
   that all ways to print are caught, those of its children too.

   Little is printed as a rule, and stays in the buffer of stdout: it is taken
   from there, and the file need not even be read.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "output.h"

#include "explore/need.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { BUFFER = 1 << 14 };

struct caught {
    FILE *stream;
    FILE *real;
    int fd;
    char buffer[BUFFER];
    char *text; /* that was taken */
    size_t room;
};

static struct caught output, errors;

static _Noreturn void fail(void)
{
    perror("interlock-explore: catching the output");
    exit(2);
}

static void catch_stream(struct caught *c, FILE *stream, int fd)
{
    int copy, file;

    fflush(stream);
    copy = dup(fd);
    c->real = copy < 0 ? NULL : fdopen(copy, "w");
    file = memfd_create("interlock-explore", MFD_CLOEXEC);
    if (!c->real || file < 0 || dup2(file, fd) < 0)
        fail();
    close(file);
    c->fd = fd;
    c->stream = stream;
}

void output_set_up(void)
{
    catch_stream(&output, stdout, STDOUT_FILENO);
    catch_stream(&errors, stderr, STDERR_FILENO);
    setvbuf(stdout, output.buffer, _IOFBF, sizeof output.buffer);
    setvbuf(errors.real, NULL, _IONBF, 0);
}

FILE *output_real(void)
{
    return output.real ? output.real : stdout;
}

FILE *output_real_errors(void)
{
    return errors.real ? errors.real : stderr;
}

/* Makes room for so much, and a null byte.  */
static void make_room(struct caught *c, size_t size)
{
    if (size >= c->room) {
        c->room = 2 * size + 1;
        c->text = need(realloc(c->text, c->room));
    }
}

/* What is in the file, which is empty then.  */
static size_t take_file(struct caught *c, size_t size)
{
    ssize_t got;

    make_room(c, size);
    got = pread(c->fd, c->text, size, 0);
    if (lseek(c->fd, 0, SEEK_SET) || ftruncate(c->fd, 0))
        fail();
    return got > 0 ? (size_t)got : 0;
}

/* What is in the buffer, which is empty then.  */
static size_t take_buffer(struct caught *c)
{
    size_t size = __fpending(c->stream);

    make_room(c, size);
    memcpy(c->text, c->buffer, size);
    __fpurge(c->stream);
    return size;
}

static char *take(struct caught *c)
{
    bool buffered = c->stream == stdout && __fbufsize(stdout) == BUFFER;
    off_t size;

    if (!buffered)
        fflush(c->stream);
    size = lseek(c->fd, 0, SEEK_CUR);
    if (size > 0) {
        fflush(c->stream);
        size = lseek(c->fd, 0, SEEK_CUR);
    }
    make_room(c, 0);
    size = (off_t)(size > 0   ? take_file(c, (size_t)size)
                   : buffered ? take_buffer(c)
                              : 0);
    while (size && isspace((unsigned char)c->text[size - 1]))
        size--;
    c->text[size] = '\0';
    return c->text;
}

char *output_take(void)
{
    return take(&output);
}

char *output_take_errors(void)
{
    return take(&errors);
}
