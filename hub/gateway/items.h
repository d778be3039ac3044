// What a dialect and the hub tell each other: values, free of any protocol's spelling.
//
// Not Envelopes: nothing of this rests in a mailbox or crosses a process.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hub/base/errors.h"

namespace chathub {

enum class Role { kBot, kComet, kPlugin };

// The peer wants to be somebody: a WNet bot by name, a plugin by address, a Botica bot by id.
struct Claim {
  Role role = Role::kBot;
  std::string name = {};
  // Given back with the answer, as far as the protocol has one.
  std::optional<std::string> context = {};
};
// It is. `name` is the bot's name, or the id that the hub gave a node.
struct Granted {
  Role role = Role::kBot;
  std::string name = {};
  std::optional<std::string> context = {};
};
// It asked for something and does not get it.
struct Refused {
  Reason reason = Reason::kBadFrame;
  std::string detail = {};
};

// Somebody else wants the peer's name: is it alive? The peer: it is.
struct Probe {};
struct Alive {};

// --- a client looks for bots and talks with them

struct Find {
  std::string prefix;
};
struct Names {
  std::string prefix;
  std::vector<std::string> names;
};
struct Connect {
  std::string bot;
};
struct Connected {
  std::string bot;
};
struct Disconnect {
  std::string bot;
};
struct Disconnected {
  std::string bot;
};
struct ToBot {
  std::string bot;
  std::string text;
};
struct FromBot {
  std::string bot;
  std::string text;
};

// --- a bot talks with its guests: clients, and people in other chats

struct GuestCame {
  std::string guest;
  // Who it is, as far as that was proved.
  std::optional<std::string> account = {};
};
struct GuestLeft {
  std::string guest;
};
struct ToGuest {
  std::string guest;
  std::string text;
};
struct FromGuest {
  std::string guest;
  std::string text;
};

// --- nodes of a BotComet network

enum class NativeKind { kVerify, kVerifyResponse, kEvent, kEventResponse };

// A message for another node: the whole of it, and what the Station must know of it.
struct Native {
  NativeKind kind = NativeKind::kEvent;
  std::string to = {};  // an id, an address, or "0"
  std::string context = {};
  std::string json = {};
  // Of an event whose data is `{event, data: {id, content}}`.
  std::string event = {};
  std::string message_id = {};
  std::string content = {};
  // Of a verification.
  std::string challenge = {};
};
// Said to a node as it is.
struct Raw {
  std::string json;
};

// --- a Botica bot and its Director

enum class BotStatus { kStopped, kRunning, kUnknown };
struct StatusChanged {
  BotStatus status = BotStatus::kStopped;
};
struct Heartbeat {};
struct Shutdown {
  bool forced = false;
  // It is the hub that ends: the bot may come back to the next one.
  bool going_away = false;
};
enum class StopOutcome { kStopped, kBusy, kTimeout };
struct ShutdownEnded {
  StopOutcome outcome = StopOutcome::kStopped;
};
// Both ways; `key` names the talk that it belongs to.
struct ChatOrder {
  std::string key;
  std::string action;
  std::string payload;
};

using Item =
    std::variant<Claim, Granted, Refused, Probe, Alive, Find, Names, Connect, Connected, Disconnect,
                 Disconnected, ToBot, FromBot, GuestCame, GuestLeft, ToGuest, FromGuest, Native,
                 Raw, StatusChanged, Heartbeat, Shutdown, ShutdownEnded, ChatOrder>;

// For std::visit: one function for each kind.
template <class... Functions>
struct OnEach : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
OnEach(Functions...) -> OnEach<Functions...>;

}  // namespace chathub
