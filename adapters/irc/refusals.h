// What a server refuses, by numeric, in the hub's words.
#pragma once

#include <optional>
#include <string>

#include "adapters/irc/message.h"
#include "chathub/v1/problem.pb.h"

namespace chathub::irc {

struct Refusal {
  v1::Reason reason = v1::REASON_NOT_ALLOWED;
  // The server's sentence.
  std::string text = {};
};

// Nothing if the line refuses nothing that was said to, or asked about, a channel or user. Which
// one, its second parameter says.
std::optional<Refusal> RefusalOf(const Message& message);

}  // namespace chathub::irc
