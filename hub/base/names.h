// Names of peers: `<kind>/<name>`, for example `handler/karma`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace chathub {

// True for [A-Za-z0-9][A-Za-z0-9._-]{0,63}; route ids follow the same rule.
bool IsName(std::string_view text);

enum class PeerKind { kAdapter, kHandler, kClient };

// Who a program is: what mailboxes, credentials and logs call it.
struct PeerName {
  PeerKind kind = PeerKind::kHandler;
  std::string name;

  friend bool operator==(const PeerName&, const PeerName&) = default;
};

// `handler/karma`; also the name of the peer's mailbox.
std::string ToString(const PeerName& peer);

// Nothing unless it is a known kind, a slash and a legal name.
std::optional<PeerName> ParsePeerName(std::string_view text);

}  // namespace chathub
