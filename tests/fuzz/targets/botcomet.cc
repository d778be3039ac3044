// BotComet: one message per line, and each of them on its way to another node.
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <map>

#include "hub/gateway/botcomet/comet_dialect.h"
#include "hub/gateway/botcomet/messages.h"
#include "hub/gateway/botcomet/readdress.h"
#include "hub/gateway/json.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace chathub;
using namespace chathub::fuzz;

std::string WithoutAddresses(boost::json::object object) {
  object.erase("src");
  object.erase("dst");
  // Not by order: taking members out mixes it.
  std::map<std::string, std::string> members;
  for (const auto& member : object) {
    members[std::string(member.key())] = boost::json::serialize(member.value());
  }
  std::string text;
  for (const auto& [key, value] : members) text += key + "=" + value + "\n";
  return text;
}

void Relay(std::string_view json) {
  const std::string relayed = botcomet::Readdress(json, "from", "to\"\n");
  const auto before = ParseObject(json);
  const auto after = ParseObject(relayed);
  Promise(after.has_value(), "what is relayed is JSON");
  Promise(FindString(*after, "src") == "from" && FindString(*after, "dst") == "to\"\n",
          "what is relayed has the right addresses");
  Promise(WithoutAddresses(*before) == WithoutAddresses(*after), "and nothing else is changed");
  Promise(botcomet::Readdress(relayed, "from", "to\"\n") == relayed, "once is enough");
  Promise(relayed.find("forged") == std::string::npos || json.find("forged") != std::string::npos,
          "nothing is made up");
}

void Hear(Dialect& dialect, std::string_view frame) {
  const Outcome outcome = dialect.Hear(frame);
  Promise(outcome.to_peer.empty(), "the protocol has no word for errors");
  Promise(outcome.to_hub.size() <= 1, "one meaning at most");
  for (const Item& item : outcome.to_hub) {
    if (const auto* claim = std::get_if<Claim>(&item)) {
      Promise(claim->role != Role::kPlugin || !claim->name.empty(), "a plugin has an address");
      const auto granted = dialect.Say(Granted{claim->role, "an id", claim->context});
      const auto answer = ParseObject(granted.to_peer.at(0));
      Promise(answer.has_value() && FindString(*answer, "dst") == "an id", "the id is the dst");
      Promise(FindString(*answer, "context") == claim->context, "the context comes back");
    } else {
      const auto& native = std::get<Native>(item);
      Promise(native.json == frame && !native.to.empty(), "a message is kept as it is");
      Relay(native.json);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view text = TextOf(bytes, size);
  if (!IsUtf8(text)) return 0;
  if (ParseObject(text).has_value()) Relay(text);
  botcomet::CometDialect dialect;
  Hear(dialect, text);
  while (const auto line = TakeLine(text)) Hear(dialect, *line);
  return 0;
}
