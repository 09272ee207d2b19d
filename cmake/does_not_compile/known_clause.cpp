#include "model/catalogue/ids.hpp"

int main() { return shinsa::kClause<"JPR-21">; }
