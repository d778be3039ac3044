// Which names peers and routes may have.
#pragma once

#include <string_view>

namespace chathub::sdk {

// True for [A-Za-z0-9][A-Za-z0-9._-]{0,63}.
bool IsPeerName(std::string_view text);

}  // namespace chathub::sdk
