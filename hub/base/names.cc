#include "hub/base/names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace chathub {
namespace {

constexpr std::size_t kLongestName = 64;

constexpr std::array<std::pair<PeerKind, std::string_view>, 3> kKinds = {{
    {PeerKind::kAdapter, "adapter"},
    {PeerKind::kHandler, "handler"},
    {PeerKind::kClient, "client"},
}};

bool IsLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool IsNameCharacter(char c) { return IsLetterOrDigit(c) || c == '.' || c == '_' || c == '-'; }

}  // namespace

bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= kLongestName && IsLetterOrDigit(text.front()) &&
         std::all_of(text.begin(), text.end(), IsNameCharacter);
}

std::string ToString(const PeerName& peer) {
  const auto kind = std::find_if(kKinds.begin(), kKinds.end(),
                                 [&](const auto& entry) { return entry.first == peer.kind; });
  return std::string(kind->second) + "/" + peer.name;
}

std::optional<PeerName> ParsePeerName(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos || !IsName(text.substr(slash + 1))) return std::nullopt;
  const auto kind = std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& entry) {
    return entry.second == text.substr(0, slash);
  });
  if (kind == kKinds.end()) return std::nullopt;
  return PeerName{kind->first, std::string(text.substr(slash + 1))};
}

}  // namespace chathub
