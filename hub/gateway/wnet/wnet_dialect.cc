#include "hub/gateway/wnet/wnet_dialect.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "hub/gateway/wnet/words.h"

namespace chathub::wnet {
namespace {

constexpr std::size_t kLongestName = 18;

// What stands before and behind the first '@'; nothing behind it where there is none.
struct Cut {
  std::string_view head;
  std::optional<std::string_view> rest;
};

Cut CutAtSign(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos) return {text, std::nullopt};
  return {text.substr(0, at), text.substr(at + 1)};
}

Outcome BadFrame(std::string detail) { return Complain({Reason::kBadFrame, std::move(detail)}); }

Outcome Mean(Item item) { return {.to_hub = {std::move(item)}}; }

Outcome Send(std::string text) { return {.to_peer = {std::move(text)}}; }

Outcome HearAdd(std::string_view name) {
  if (IsBotName(name)) return Mean(Claim{.role = Role::kBot, .name = std::string(name)});
  return BadFrame("a bot's name is 1 to 18 letters a-z or A-Z");
}

// `<name>@<text>`: the text may hold more '@'.
template <class Message>
Outcome HearText(std::string_view arguments, std::string_view usage) {
  const Cut cut = CutAtSign(arguments);
  if (!cut.rest.has_value() || cut.head.empty()) return BadFrame(std::string(usage));
  return Mean(Message{std::string(cut.head), std::string(*cut.rest)});
}

std::string List(const Names& names) {
  std::string text = "list@" + names.prefix;
  // Clients take what is behind the second '@', even where there is nothing.
  if (names.names.empty()) text += '@';
  for (const std::string& name : names.names) text += '@' + name;
  return text;
}

}  // namespace

bool IsBotName(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

Outcome WnetDialect::Hear(std::string_view frame) {
  const Cut cut = CutAtSign(frame);
  const std::string_view command = cut.head;
  if (command == "alive") return HearAlive(cut.rest.has_value());
  if (!cut.rest.has_value()) return BadFrame("a command is `command@argument`");
  const std::string_view arguments = *cut.rest;
  if (command == "add") return HearAdd(arguments);
  if (command == "search") return Mean(Find{std::string(arguments)});
  if (command == "connect") return Mean(Connect{std::string(arguments)});
  if (command == "disconnect") return Mean(Disconnect{std::string(arguments)});
  if (command == "cssend") return HearText<ToBot>(arguments, "write `cssend@bot@message`");
  if (command == "scsend") return HearText<ToGuest>(arguments, "write `scsend@sid@message`");
  return BadFrame("there is no such command");
}

Outcome WnetDialect::HearAlive(bool has_arguments) {
  if (has_arguments) return BadFrame("`alive` has no argument");
  if (!std::exchange(asked_, false)) return BadFrame("nobody asked whether you are alive");
  return Mean(Alive{});
}

Outcome WnetDialect::Say(const Item& item) {
  const auto probe = [this](const Probe&) -> Outcome {
    if (std::exchange(asked_, true)) return {};
    return {.to_peer = {"isalive"}, .wake_in = kAliveTime};
  };
  return std::visit(
      OnEach{probe, [](const Granted&) { return Send("info@You added as bot"); },
             [](const Refused& refused) { return Complain(refused); },
             [](const Names& names) { return Send(List(names)); },
             [](const Connected& to) { return Send("connectedto@" + to.bot); },
             [](const Disconnected& from) { return Send("disconnectedfrom@" + from.bot); },
             [](const FromBot& said) { return Send("mess@" + said.bot + "@" + said.text); },
             [](const FromGuest& said) { return Send("mess@" + said.guest + "@" + said.text); },
             [](const GuestLeft& left) { return Send("disconnected@" + left.guest); },
             [](const GuestCame& came) {
               return Send("connection@" + came.guest + "@" + came.account.value_or("None"));
             },
             [](const auto&) { return Outcome(); }},
      item);
}

Outcome WnetDialect::Tick() {
  if (!asked_) return {};
  return {.close = CloseReason{1008, "no answer to isalive"}};
}

}  // namespace chathub::wnet
