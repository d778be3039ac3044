// The cookie `auth`, by which WNet's bots and clients say who they are.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace chathub::wnet {

struct Credentials {
  std::string name;
  std::string password;
};

// `auth="type=password&auth=<percent-encoded JSON {username, password}>"`, the quotes optional.
// Nothing for whatever else: such a program is anonymous.
std::optional<Credentials> ReadCookie(std::string_view header);

}  // namespace chathub::wnet
