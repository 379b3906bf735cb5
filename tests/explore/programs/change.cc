/* change.cc -- the lost update in C++, which has POSIX threads under its own.

   SPDX-License-Identifier: MIT */

#include <cstdio>
#include <mutex>
#include <thread>

static int balance = 100;

#ifdef GUARD
static std::mutex mutex;
#endif

static void change(int by)
{
#ifdef GUARD
    std::lock_guard<std::mutex> guard(mutex);
#endif
    balance = balance + by;
}

int main()
{
    std::thread deposit(change, 50);
    std::thread withdraw(change, -30);

    deposit.join();
    withdraw.join();
    std::printf("%d\n", balance);
    return balance != 120;
}
