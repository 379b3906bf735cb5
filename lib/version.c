/* version.c -- which library this is.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <interlock/version.h>

#include "park.h"

const char *il_version(void)
{
    return IL_VERSION;
}

const char *il_backend(void)
{
    return il__park_backend;
}
