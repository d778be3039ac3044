// WNet: one frame per line; a line that begins with '>' is something that the hub says.
#include "hub/gateway/wnet/wnet_dialect.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace chathub;
using namespace chathub::fuzz;

// The frame that means this.
std::string Spell(const Item& item) {
  return std::visit(
      OnEach{[](const Claim& claim) { return "add@" + claim.name; },
             [](const Alive&) { return std::string("alive"); },
             [](const Find& find) { return "search@" + find.prefix; },
             [](const Connect& to) { return "connect@" + to.bot; },
             [](const Disconnect& from) { return "disconnect@" + from.bot; },
             [](const ToBot& said) { return "cssend@" + said.bot + "@" + said.text; },
             [](const ToGuest& said) { return "scsend@" + said.guest + "@" + said.text; },
             [](const auto&) { return std::string(); }},
      item);
}

void Hear(Dialect& dialect, std::string_view frame) {
  const Outcome outcome = dialect.Hear(frame);
  Promise(!outcome.close.has_value(), "no frame ends the connection");
  Promise(outcome.to_hub.size() + outcome.to_peer.size() == 1, "one meaning, or one error");
  for (const std::string& text : outcome.to_peer) {
    Promise(text.starts_with("error@"), "what has no meaning has an error");
    PromiseUtf8(true, text);
  }
  for (const Item& item : outcome.to_hub) {
    Promise(Spell(item) == frame, "what is meant is what was said");
    if (const auto* claim = std::get_if<Claim>(&item)) {
      Promise(wnet::IsBotName(claim->name), "nobody gets a name that is none");
    }
  }
}

// `>names a b c`: what the hub says has the parts that it was made of.
void Say(Dialect& dialect, std::string_view line) {
  const std::string_view kind = TakeUpTo(' ', line);
  const std::string first(TakeUpTo(' ', line));
  const std::string rest(line);
  Item item = Probe{};
  if (kind == "names") item = Names{first, {rest}};
  if (kind == "text") item = FromBot{first, rest};
  if (kind == "guest") item = GuestCame{first, rest.empty() ? std::nullopt : std::optional(rest)};
  if (kind == "refused") item = Refused{static_cast<Reason>(first.size()), rest};
  const Outcome outcome = dialect.Say(item);
  Promise(outcome.to_hub.empty() && outcome.to_peer.size() <= 1, "one frame for one item");
  if (kind == "text") {
    Promise(outcome.to_peer[0] == "mess@" + first + "@" + rest, "a text stays as it is");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view text = TextOf(bytes, size);
  if (!IsUtf8(text)) return 0;  // the connection refuses it
  wnet::WnetDialect dialect;
  Hear(dialect, text);
  while (const auto line = TakeLine(text)) {
    line->starts_with('>') ? Say(dialect, line->substr(1)) : Hear(dialect, *line);
  }
  return 0;
}
