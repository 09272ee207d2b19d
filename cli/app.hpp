/// Reads the command line. @return the exit code.
#pragma once

namespace shinsa::cli {
int main(int argc, const char* const* argv);
}  // namespace shinsa::cli
