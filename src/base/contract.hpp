#pragma once

#include <cstdio>
#include <cstdlib>

/// Contracts of internal code: a violated one is a bug of ours, never of the user. They are checked
/// in debug and sanitizer builds, where the program stops at the place, and cost nothing elsewhere.
#ifdef SHOWERGAN_CHECK_CONTRACTS
#define SHOWERGAN_EXPECT(condition)                                                           \
  do {                                                                                        \
    if (!(condition)) {                                                                       \
      std::fprintf(stderr, "%s:%d: contract violated: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                           \
    }                                                                                         \
  } while (false)
#else
#define SHOWERGAN_EXPECT(condition) static_cast<void>(0)
#endif
