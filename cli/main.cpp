#include "cli/app.hpp"

int main(int argc, char** argv) { return shinsa::cli::main(argc, argv); }
