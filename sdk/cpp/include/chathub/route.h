// What a handler waits for, and how.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace chathub {

// Numbered as chathub.v1.EventKind.
enum class EventKind {
  kMessage = 1,
  kEdited = 2,
  kDeleted = 3,
  kReaction = 4,
  kJoined = 5,
  kLeft = 6,
  kTopic = 7,
};

// Numbered as chathub.v1.ArgumentType.
enum class ArgumentType {
  // One word, or several in double quotes.
  kWord = 0,
  kInteger = 1,
  kNumber = 2,
  // The capture is `true` or `false`.
  kBoolean = 3,
  // Everything that is left; last by position.
  kRest = 4,
};

// One argument of a command, checked by the hub before the function is called.
struct Argument {
  // The capture's name.
  std::string name = {};
  ArgumentType type = ArgumentType::kWord;
  bool required = false;
  // Given as `--name value` instead of by position.
  bool option = false;
  std::string help = {};
};

// Numbered as chathub.v1.Precedence.
enum class Precedence {
  // Every matching route gets the message.
  kNormal = 0,
  // Nobody else may have the same trigger; where it matches, others get nothing.
  kExclusive = 1,
  // Gets the message only when no other route matched.
  kFallback = 2,
};

enum class Concurrency {
  // One message of a conversation at a time, in order.
  kOnePerConversation,
  // Whenever a thread is free.
  kFree,
};

struct RouteOptions {
  // Unique within the handler. Empty: the command's word, or `route-1`, `route-2`, ...
  std::string id = {};
  // Only what is said to the bot. Unset: true for commands, false for others.
  std::optional<bool> addressed_only = {};
  Precedence precedence = Precedence::kNormal;
  // The user must be in one of them; empty: everybody.
  std::vector<std::string> required_groups = {};
  // What help shows, for example `roll NdM` and one sentence.
  std::string usage = {};
  std::string description = {};
  bool hidden = false;
  // Unset: the hub's defaults, which chathub.v1.Route tells.
  std::optional<std::chrono::milliseconds> max_age = {};
  std::optional<std::chrono::milliseconds> linger = {};
  std::optional<std::chrono::milliseconds> deadline = {};
  // 0: the hub's default of 3. 1: never again.
  unsigned maximum_attempts = 0;
  // A message to be tried again holds back those behind it in its conversation.
  bool ordered = false;
  // Hears bots too.
  bool bots = false;
  // What the user hears when there is no answer in time; empty: the hub's own words.
  std::string fallback_text = {};
  // Of a command. Empty: anything goes, and the capture `rest` has all of it.
  std::vector<Argument> arguments = {};
  Concurrency concurrency = Concurrency::kOnePerConversation;
};

// What ListRoutes tells about a route of any handler.
struct RouteListing {
  std::string handler = {};
  std::string id = {};
  // The command's word or the pattern; empty for events.
  std::string trigger = {};
  std::string usage = {};
  std::string description = {};
  bool hidden = false;
  // An instance of the handler is attached now.
  bool attached = false;
};

}  // namespace chathub
