/* answers.h -- says what calls answer, all in one line: what a program that is
   explored prints in its last line is what its outcome is.

   SPDX-License-Identifier: MIT */

#ifndef ANSWERS_H
#define ANSWERS_H

#include <pthread.h>
#include <stdio.h>

#define SAY(call) (printf("%s -> %lld; ", #call, (long long)(call)))

/* Runs `body` in another thread.  */
static void elsewhere(void *(*body)(void *))
{
    pthread_t thread;

    pthread_create(&thread, NULL, body, NULL);
    pthread_join(thread, NULL);
}

#endif
