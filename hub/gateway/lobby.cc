#include "hub/gateway/lobby.h"

#include <algorithm>
#include <utility>

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

Place::Place(std::shared_ptr<Lobby> lobby, std::string address)
    : lobby_(std::move(lobby)), address_(std::move(address)) {
  ++lobby_->by_address[address_];
}

Place::~Place() {
  if (lobby_ == nullptr) return;
  lobby_->visitors.erase(visitor_);
  if (--lobby_->by_address[address_] == 0) lobby_->by_address.erase(address_);
}

void Place::Take(Visitor& visitor) {
  lobby_->visitors.erase(std::exchange(visitor_, &visitor));
  lobby_->visitors.insert(&visitor);
}

bool IsWelcome(const Lobby& lobby, std::string_view origin) {
  if (origin.empty()) return true;
  const std::string_view host = HostOf(origin);
  if (host == "localhost" || host == "127.0.0.1" || host == "[::1]") return true;
  return std::find(lobby.origins.begin(), lobby.origins.end(), origin) != lobby.origins.end();
}

}  // namespace chathub
