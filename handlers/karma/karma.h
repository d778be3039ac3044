// What karma hears and says.
#pragma once

#include "chathub/handler.h"

namespace chathub {

// Gives the handler its routes; the tallies are in its store.
void AddKarma(Handler& handler);

}  // namespace chathub
