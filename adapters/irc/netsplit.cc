#include "adapters/irc/netsplit.h"

#include <algorithm>

namespace chathub::irc {
namespace {

constexpr Moment kPatience{600'000};

bool IsServer(std::string_view word) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.*";
  const auto dot = word.find('.');
  return dot != std::string_view::npos && dot > 0 && word.back() != '.' &&
         word.find_first_not_of(kAllowed) == std::string_view::npos;
}

}  // namespace

bool Netsplit::IsReason(std::string_view quit_reason) {
  const auto space = quit_reason.find(' ');
  return space != std::string_view::npos && IsServer(quit_reason.substr(0, space)) &&
         IsServer(quit_reason.substr(space + 1));
}

void Netsplit::Take(Lost lost, Moment now) {
  const auto who = std::pair(lost.channel, lost.nick);
  lost_[who] = {now + kPatience, std::move(lost)};
}

bool Netsplit::ComesBack(const std::string& channel, const std::string& nick) {
  return lost_.erase({channel, nick}) > 0;
}

std::vector<Netsplit::Lost> Netsplit::GiveUp(Moment now) {
  std::vector<Lost> gone;
  std::erase_if(lost_, [&](auto& entry) {
    if (entry.second.first > now) return false;
    gone.push_back(std::move(entry.second.second));
    return true;
  });
  return gone;
}

std::optional<Moment> Netsplit::NextWake() const {
  std::optional<Moment> next;
  for (const auto& [who, lost] : lost_) next = std::min(next.value_or(lost.first), lost.first);
  return next;
}

}  // namespace chathub::irc
