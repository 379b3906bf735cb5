/* strings.c -- functions of strings on shared memory: what two threads append
   can get lost; what one writes another may see or not.

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdio.h>
#include <string.h>

static char text[16];

#ifdef FORMAT
static void *writes(void *unused)
{
    (void)unused;
    snprintf(text, sizeof text, "%d", 2);
    return NULL;
}
#else
static void *writes(void *unused)
{
    (void)unused;
    strcat(text, "a");
    return NULL;
}
#endif

static void *other(void *unused)
{
#ifdef FORMAT
    (void)unused;
    return strlen(text) ? text : NULL;
#else
    return writes(unused);
#endif
}

int main(void)
{
    pthread_t one, two;
    void *seen;

    pthread_create(&one, NULL, writes, NULL);
    pthread_create(&two, NULL, other, NULL);
    pthread_join(one, NULL);
    pthread_join(two, &seen);
#ifdef FORMAT
    printf("%s\n", seen ? "seen" : "not seen");
    return 0;
#else
    printf("%zu\n", strlen(text));
    return strlen(text) != 2;
#endif
}
