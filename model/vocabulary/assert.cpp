#include "model/vocabulary/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace shinsa::detail {

void stop(const char* condition, const char* what, const char* file, int line) {
  std::fprintf(stderr,
               "shinsa: internal mistake at %s:%d: %s\n  (%s does not hold)\n"
               "  This is a fault of Shinsa, not of your input. Please report it with the command "
               "you ran.\n",
               file, line, what, condition);
  std::abort();
}

}  // namespace shinsa::detail
