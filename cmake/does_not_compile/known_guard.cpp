#include "model/core/rule.hpp"

struct BeforeTheMonthOfExpiry : shinsa::model::Guard<"JPR-21"> {};

int main() { return BeforeTheMonthOfExpiry::clauses[0]; }
