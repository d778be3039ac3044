#include "sdk/transcript/transcript.h"

#include <algorithm>
#include <regex>
#include <utility>

namespace chathub::transcript {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string_view Trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// Takes a word off the front: up to a blank or a colon.
std::string_view TakeWord(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of(" \t:"), text.size());
  const std::string_view word = text.substr(0, end);
  text = Trimmed(text.substr(end));
  return word;
}

bool Take(std::string_view& text, std::string_view start) {
  if (!text.starts_with(start)) return false;
  text = Trimmed(text.substr(start.size()));
  return true;
}

bool IsRegularExpression(const std::string& text) {
  try {
    const std::regex expression(text);
    return true;
  } catch (const std::regex_error&) {
    return false;
  }
}

// Reads one line after the other.
class Reader {
 public:
  std::optional<std::string> Read(std::string_view line) {
    ++number_;
    line = Trimmed(line);
    if (line.empty() || line.front() == '#') return std::nullopt;
    if (Take(line, "|")) return GoOn(line);
    return ReadDeed(line);
  }

  int number() const { return number_; }
  std::vector<Step> TakeSteps() { return std::move(steps_); }

 private:
  std::optional<std::string> GoOn(std::string_view text) {
    if (last_text_ == nullptr) return "there is no text above that it could go on with";
    last_text_->append("\n").append(text);
    return std::nullopt;
  }

  // `[room] name ...` or `name ...`
  std::optional<std::string> ReadDeed(std::string_view line) {
    last_text_ = nullptr;
    std::string room;
    if (Take(line, "[")) {
      const std::size_t end = line.find(']');
      room = Trimmed(line.substr(0, end));
      if (end == std::string_view::npos || room.empty()) return "a room is written [room]";
      line = Trimmed(line.substr(end + 1));
    }
    const std::string name(TakeWord(line));
    if (name.empty()) return "a name is missing: write NAME: TEXT";
    return name == kBot ? ReadAct(room, line) : ReadStep(room, name, line);
  }

  std::optional<std::string> ReadStep(const std::string& room, const std::string& user,
                                      std::string_view rest) {
    Step step{.line = number_, .user = user};
    step.place = room.empty() ? Place{.user = user} : Place{.room = room};
    if (Take(rest, ":")) {
      step.text = rest;
    } else if (rest == "joins" || rest == "leaves") {
      step.kind = rest == "joins" ? Step::Kind::kJoins : Step::Kind::kLeaves;
      if (room.empty()) return "nobody joins or leaves a private talk: write [room] first";
    } else {
      return "a user says (NAME: TEXT), joins or leaves";
    }
    steps_.push_back(std::move(step));
    last_text_ = steps_.back().kind == Step::Kind::kSays ? &steps_.back().text : nullptr;
    return std::nullopt;
  }

  std::optional<std::string> ReadAct(const std::string& room, std::string_view rest) {
    if (steps_.empty()) return "the bot does nothing before a user does something";
    Act act{.line = number_};
    act.place = room.empty() ? steps_.back().place : Place{.room = room};
    const auto kind = TakeKind(rest);
    if (!kind) return "the bot says (hub: TEXT, hub ~ PATTERN), edits:, reacts: or deletes";
    act.kind = *kind;
    act.text = rest;
    if (act.kind == Act::Kind::kSaysLike && !IsRegularExpression(act.text)) {
      return "this is no regular expression: " + act.text;
    }
    steps_.back().acts.push_back(std::move(act));
    last_text_ = &steps_.back().acts.back().text;
    return std::nullopt;
  }

  static std::optional<Act::Kind> TakeKind(std::string_view& rest) {
    if (Take(rest, ":")) return Act::Kind::kSays;
    if (Take(rest, "~")) return Act::Kind::kSaysLike;
    if (Take(rest, "edits:")) return Act::Kind::kEdits;
    if (Take(rest, "reacts:")) return Act::Kind::kReacts;
    if (rest == "deletes") return rest = {}, Act::Kind::kDeletes;
    return std::nullopt;
  }

  int number_ = 0;
  std::vector<Step> steps_;
  // What a line that begins with | goes on with.
  std::string* last_text_ = nullptr;
};

std::string PlaceBefore(const Place& place) {
  return place.room.empty() ? "" : "[" + place.room + "] ";
}

std::string Lines(const std::string& text) {
  std::string lines;
  for (const char c : text) {
    if (c == '\n') {
      lines += "\n| ";
    } else {
      lines += c;
    }
  }
  return lines;
}

std::string_view Verb(Act::Kind kind) {
  switch (kind) {
    case Act::Kind::kSays:
      return ": ";
    case Act::Kind::kSaysLike:
      return " ~ ";
    case Act::Kind::kEdits:
      return " edits: ";
    case Act::Kind::kReacts:
      return " reacts: ";
    case Act::Kind::kDeletes:
      return " deletes";
  }
  return {};
}

}  // namespace

std::variant<std::vector<Step>, Mistake> Parse(std::string_view text) {
  Reader reader;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (auto mistake = reader.Read(text.substr(0, end))) {
      return Mistake{reader.number(), *std::move(mistake)};
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  auto steps = reader.TakeSteps();
  if (steps.empty()) return Mistake{reader.number(), "nobody says anything in it"};
  return steps;
}

std::string Written(const Act& act, const Place& here) {
  std::string line;
  if (act.place != here) {
    line = act.place.room.empty() ? "(to " + act.place.user + ") " : PlaceBefore(act.place);
  }
  return line.append(kBot).append(Verb(act.kind)).append(Lines(act.text));
}

std::string Written(const Step& step) {
  const std::string who = PlaceBefore(step.place) + step.user;
  if (step.kind == Step::Kind::kJoins) return who + " joins";
  if (step.kind == Step::Kind::kLeaves) return who + " leaves";
  return who + ": " + Lines(step.text);
}

}  // namespace chathub::transcript
