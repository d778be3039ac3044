// A written talk: who says what, and what the bot does then.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chathub::transcript {

// What the bot is called in a transcript and in its chat.
inline constexpr std::string_view kBot = "hub";

// Where something is said: a room, or a private talk with a user.
struct Place {
  // Empty: private.
  std::string room = {};
  // In a private talk.
  std::string user = {};

  friend bool operator==(const Place&, const Place&) = default;
};

// Something the bot does, written or seen.
struct Act {
  enum class Kind { kSays, kSaysLike, kEdits, kReacts, kDeletes };

  // Of the file, from 1; 0 for what was seen.
  int line = 0;
  Place place = {};
  Kind kind = Kind::kSays;
  // What it says; a regular expression for kSaysLike; empty for kDeletes.
  std::string text = {};
};

// Something a user does, and what the bot does then, in this order.
struct Step {
  enum class Kind { kSays, kJoins, kLeaves };

  int line = 0;
  Place place = {};
  std::string user = {};
  Kind kind = Kind::kSays;
  std::string text = {};
  std::vector<Act> acts = {};
};

// Why a line means nothing.
struct Mistake {
  int line = 0;
  std::string what = {};
};

std::variant<std::vector<Step>, Mistake> Parse(std::string_view text);

// As it would be written; `here` is the place of the step.
std::string Written(const Act& act, const Place& here);
std::string Written(const Step& step);

}  // namespace chathub::transcript
