/* restored.c -- begins each execution as if it were the first, and each thread
   with memory of its own: returns what is not so.

   SPDX-License-Identifier: MIT */

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGE = 1 << 20, BLOCK = 100 };

static int data = 7;
static int bss;
static char large[LARGE];
static char filled[LARGE] = {1, 2, 3};
static _Thread_local int local = 5;
static _Thread_local int local_zero;
static char *block, *first_block;
static int shared;
static int wrong;

#define EXPECT(condition)                                  \
    do {                                                   \
        if (!(condition)) {                                \
            wrong = 1;                                     \
            printf("line %d: %s\n", __LINE__, #condition); \
        }                                                  \
    } while (0)

static void *use(void *arg)
{
    int number = *(int *)arg;
    char *mine = malloc(BLOCK);

    EXPECT(local == 5 && local_zero == 0);
    local = number;
    local_zero = number;
    errno = number;
    strcpy(mine, number == 1 ? "one" : "two");
    shared = shared + number;
    shared = shared + number;
    EXPECT(local == number && local_zero == number);
    EXPECT(errno == number);
    EXPECT(!strcmp(mine, number == 1 ? "one" : "two"));
    free(mine);
    return arg;
}

static void check_begin(void)
{
    EXPECT(data == 7 && bss == 0 && shared == 0);
    for (int i = 0; i < LARGE; i += 4096)
        EXPECT(large[i] == 0);
    EXPECT(filled[0] == 1 && filled[2] == 3 && filled[LARGE - 1] == 0);
    EXPECT(local == 5 && local_zero == 0 && errno == 0);
    EXPECT(!block && !first_block);
}

static void leave_traces(void)
{
    data = 8;
    bss = 9;
    memset(large, 1, sizeof large);
    filled[0] = filled[LARGE - 1] = 9;
    local = local_zero = 11;
    errno = ENOENT;
    block = malloc(BLOCK);
    EXPECT(block[0] == 0 && block[BLOCK - 1] == 0);
    memset(block, 1, BLOCK);
    first_block = block;
    block = realloc(block, 2 * BLOCK);
    EXPECT(block[BLOCK - 1] == 1);
}

int main(void)
{
    pthread_t t[2];
    int numbers[] = {1, 2};

    check_begin();
    leave_traces();
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, use, &numbers[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    EXPECT(local == 11 && local_zero == 11);
    if (!wrong)
        printf("%d %d %p\n", data, rand(), (void *)block);
    return wrong;
}
