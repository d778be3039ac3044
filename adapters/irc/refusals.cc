#include "adapters/irc/refusals.h"

#include <map>

namespace chathub::irc {
namespace {

const std::map<std::string, v1::Reason>& Reasons() {
  static const std::map<std::string, v1::Reason> reasons = {
      {"401", v1::REASON_NO_SUCH_PEER}, {"402", v1::REASON_NO_SUCH_PEER},
      {"403", v1::REASON_NO_SUCH_PEER}, {"404", v1::REASON_NOT_ALLOWED},
      {"405", v1::REASON_TOO_MUCH},     {"407", v1::REASON_TOO_MUCH},
      {"408", v1::REASON_NOT_ALLOWED},  {"437", v1::REASON_GOING_AWAY},
      {"439", v1::REASON_TOO_MUCH},     {"442", v1::REASON_NOT_ATTACHED},
      {"470", v1::REASON_NOT_ALLOWED},  {"471", v1::REASON_TOO_MUCH},
      {"473", v1::REASON_NOT_ALLOWED},  {"474", v1::REASON_NOT_ALLOWED},
      {"475", v1::REASON_NOT_ALLOWED},  {"476", v1::REASON_NO_SUCH_PEER},
      {"477", v1::REASON_NOT_ALLOWED},  {"480", v1::REASON_TOO_MUCH},
      {"482", v1::REASON_NOT_ALLOWED},  {"486", v1::REASON_NOT_ALLOWED},
      {"489", v1::REASON_NOT_ALLOWED},  {"520", v1::REASON_NOT_ALLOWED},
      {"531", v1::REASON_NOT_ALLOWED},  {"716", v1::REASON_NOT_ALLOWED}};
  return reasons;
}

}  // namespace

std::optional<Refusal> RefusalOf(const Message& message) {
  const auto found = Reasons().find(message.command);
  if (found == Reasons().end() || message.params.size() < 2) return std::nullopt;
  return Refusal{found->second, message.params[1] + ": " + message.params.back()};
}

}  // namespace chathub::irc
