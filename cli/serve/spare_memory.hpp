/// A crowd of clients that has gone leaves its memory free in many places, and whoever allocates
/// keeps it. This gives it back to the machine.
#pragma once

#include <cstddef>

namespace shinsa::cli {

class SpareMemory {
 public:
  SpareMemory();
  /// To be called now and then.
  /// @param open  connections now.  @param most  the most that there were since the last call.
  void look(std::size_t open, std::size_t most);

 private:
  int sweeps_ = 0;  // how often it is still given back
};

}  // namespace shinsa::cli
