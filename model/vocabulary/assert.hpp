/// Our own mistakes: checked in every build type, and they stop the program at once.
#pragma once

namespace shinsa::detail {
[[noreturn]] void stop(const char* condition, const char* what, const char* file, int line);
}

/// Stops the program with the place and the reason unless `condition` holds. Never compiled out.
#define SHINSA_ASSERT(condition, what)                                \
  do {                                                                \
    if (!(condition)) [[unlikely]]                                    \
      ::shinsa::detail::stop(#condition, (what), __FILE__, __LINE__); \
  } while (false)
