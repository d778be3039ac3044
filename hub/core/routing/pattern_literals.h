// The literals that a regular expression cannot do without.
#pragma once

#include <string>

#include "hub/core/routing/literal.h"

namespace re2 {
class RE2;
}

namespace chathub {

// Found by RE2's own analysis (FilteredRE2). Empty: the pattern may match a text that holds no
// literal long enough.
Literals LiteralsOf(const re2::RE2& expression);

}  // namespace chathub
