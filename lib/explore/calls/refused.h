/* refused.h -- calls that have no model.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_REFUSED_H
#define EXPLORE_REFUSED_H

/* Ends the execution, which has made such a call.  */
void refuse(const char *call);

#endif
