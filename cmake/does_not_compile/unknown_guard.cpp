#include "model/core/rule.hpp"

struct BeforeTheMonthOfExpiry : shinsa::model::Guard<"JPR-99"> {};

int main() { return BeforeTheMonthOfExpiry::clauses[0]; }
