// A message on its way to another node: its bytes stay, its addresses are set.
#pragma once

#include <string>
#include <string_view>

namespace chathub::botcomet {

// `json` is a valid JSON object. Every member `src` and `dst` of it, however its key is spelt and
// however often it is there, gets the given value; a missing one is added. All other bytes stay as
// they are, so that nothing is lost of numbers, unknown members and their order.
std::string Readdress(std::string_view json, std::string_view src, std::string_view dst);

}  // namespace chathub::botcomet
