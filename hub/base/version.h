// Which release this is.
#pragma once

#include <string_view>

namespace chathub {

// For example "0.1.0".
std::string_view Version();

}  // namespace chathub
