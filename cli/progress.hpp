/// A line that rewrites itself while long work goes on; only on a terminal.
#pragma once

#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <iostream>
#include <string>

#include "cli/japanese.hpp"

namespace shinsa::cli {

class Progress {
 public:
  /// @param total  0: nobody knows. Nothing is shown for 1 to 20.
  /// @param what   is counted: `scenarios`, `runs`.
  Progress(std::size_t total, std::string what)
      : total_(total),
        what_(std::move(what)),
        shown_(isatty(2) != 0 && (total == 0 || total > 20)) {}

  /// At most ten times a second. @param remark  follows it: how fast it goes.
  void step(std::size_t done, const std::string& remark = {}) {
    if (!shown_) return;
    const auto now = std::chrono::steady_clock::now();
    const bool last = total_ && done >= total_;
    if (!last && now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    std::cerr << "\r  " << said(what_) << " " << done;
    if (total_) std::cerr << "/" << total_;
    if (!remark.empty()) std::cerr << "  " << remark;
    std::cerr << "\x1b[K" << std::flush;
    if (last) clear();
  }
  void clear() {
    if (shown_) std::cerr << "\r\x1b[K" << std::flush;
  }

 private:
  std::size_t total_;
  std::string what_;
  bool shown_;
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace shinsa::cli
