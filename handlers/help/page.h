// What the handler `help` answers.
#pragma once

#include <string>
#include <vector>

#include "chathub/route.h"

namespace chathub {

// One line per route that is not hidden, "usage - description", sorted; or a sentence saying that
// nothing was found for `search`.
std::string HelpPage(const std::vector<RouteListing>& routes, const std::string& search);

}  // namespace chathub
