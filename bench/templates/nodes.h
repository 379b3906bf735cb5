/* nodes.h -- a template: what a waiter brings to a queue lock.

   Programs that know where they release a lock have such a node on their
   stack; here ACQUIRE and RELEASE have to find it.  So a thread has a store of
   nodes, and an owner's node is noted beside the lock.

   Included once in a program, it defines get_node and put_node, from

       NODE             the type
       NODE_INIT(n)     makes *n one that is in no queue

   SPDX-License-Identifier: MIT */

#ifndef BENCH_TEMPLATES_NODES_H
#define BENCH_TEMPLATES_NODES_H

#include <stdio.h>
#include <stdlib.h>

#include "run/run.h"

struct node {
    ON_ITS_LINE NODE it;
    struct node *next;
};

/* What this thread has to spare: as many as it has ever held locks at a time.
   Memory of a node stays one, since others may look at it late.  */
static __thread struct node *spare;

static inline struct node *make_node(void)
{
    struct node *n = (struct node *)aligned_alloc(LINE, sizeof *n);

    if (!n) {
        fputs("there is no memory.\n", stderr);
        exit(EXIT_FAILURE);
    }
    NODE_INIT(&n->it);
    return n;
}

static inline NODE *get_node(void)
{
    struct node *n = spare;

    if (!n)
        return &make_node()->it;
    spare = n->next;
    return &n->it;
}

/* A node begins with what is in the queue.  */
static inline void put_node(NODE *it)
{
    struct node *n = (struct node *)it;
    n->next = spare;
    spare = n;
}

#endif
