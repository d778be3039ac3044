#include "hub/gateway/lobby.h"

#include <algorithm>

namespace chathub {
namespace {

// `http://localhost:8080` -> `localhost`; nothing for what is no origin of a page in the web.
std::string_view HostOf(std::string_view origin) {
  const auto scheme = origin.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view host = origin.substr(scheme + 3);
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find_first_of(":/"));
}

}  // namespace

bool IsWelcome(const Lobby& lobby, std::string_view origin) {
  if (origin.empty()) return true;
  const std::string_view host = HostOf(origin);
  if (host == "localhost" || host == "127.0.0.1" || host == "[::1]") return true;
  return std::find(lobby.origins.begin(), lobby.origins.end(), origin) != lobby.origins.end();
}

}  // namespace chathub
