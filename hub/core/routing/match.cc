#include "hub/core/routing/match.h"

#include <algorithm>

#include "hub/base/text.h"

namespace chathub {
namespace {

// Why a route is not even tried; empty: it is.
std::string_view WhyClosed(const CompiledRoute& route, const Question& question) {
  const v1::EventKind kind =
      route.event == v1::EVENT_KIND_UNSPECIFIED ? v1::EVENT_KIND_MESSAGE : route.event;
  if (kind != question.kind) return "it waits for another kind of event";
  if (question.from_bot && !route.route.bots())
    return "a bot said it, and the route is not for bots";
  if (route.route.addressed_only() && !question.addressed) {
    return "it was not said to the bot, and the route wants that";
  }
  return {};
}

bool HasWord(const CompiledRoute& route, std::string_view word) {
  return FoldCase(word) == route.command->word();
}

void NameGroups(const Pattern& pattern, Match& match) {
  for (const auto& [name, number] : pattern.names()) {
    const std::string_view group = match.groups[static_cast<std::size_t>(number)];
    if (group.data() != nullptr) match.captures.push_back({name, group});
  }
}

bool TryPattern(const Pattern& pattern, std::string_view text, Match& match) {
  const std::string_view seen = CutAtCodePoint(text, kPatternSees);
  if (!pattern.Match(seen, match.groups)) return false;
  match.truncated = seen.size() < text.size();
  NameGroups(pattern, match);
  return true;
}

bool TryCommand(const CompiledRoute& route, std::string_view text, Match& match) {
  const FirstWord first = SplitFirstWord(text);
  if (!HasWord(route, first.word)) return false;
  Fit fit = route.command->Match(first.rest);
  match.captures = std::move(fit.captures);
  match.complaint = std::move(fit.complaint);
  match.groups = {text};
  return true;
}

bool IsMisfit(const Match& match) { return !match.complaint.empty(); }
bool IsFallback(const Match& match) {
  return match.route->route.precedence() == v1::PRECEDENCE_FALLBACK;
}
bool IsExclusive(const Match& match) { return match.route->exclusive() && !IsMisfit(match); }
// A match of its own right.
bool IsProper(const Match& match) { return !IsMisfit(match) && !IsFallback(match); }
bool IsProperForText(const Match& match) {
  return IsProper(match) && match.route->event == v1::EVENT_KIND_UNSPECIFIED;
}

template <typename Condition>
void Keep(std::vector<Match>& matches, const Condition& condition) {
  std::erase_if(matches, [&](const Match& match) { return !condition(match); });
}

// Leaves at most one misfit, and none where nobody should hear it.
void KeepFirstComplaint(std::vector<Match>& matches, const Question& question) {
  bool due = question.addressed && !question.from_bot &&
             std::none_of(matches.begin(), matches.end(), IsProperForText);
  Keep(matches, [&due](const Match& match) {
    if (!IsMisfit(match)) return true;
    const bool first = due;
    due = false;
    return first;
  });
}

}  // namespace

v1::EventKind KindOf(const v1::Event& event) {
  switch (event.kind_case()) {
    case v1::Event::kMessage:
      return v1::EVENT_KIND_MESSAGE;
    case v1::Event::kEdited:
      return v1::EVENT_KIND_EDITED;
    case v1::Event::kDeleted:
      return v1::EVENT_KIND_DELETED;
    case v1::Event::kReaction:
      return v1::EVENT_KIND_REACTION;
    case v1::Event::kJoined:
      return v1::EVENT_KIND_JOINED;
    case v1::Event::kLeft:
      return v1::EVENT_KIND_LEFT;
    case v1::Event::kTopic:
      return v1::EVENT_KIND_TOPIC;
    case v1::Event::KIND_NOT_SET:
      break;
  }
  return v1::EVENT_KIND_UNSPECIFIED;
}

std::optional<Match> TryRoute(const RouteSet& set, const CompiledRoute& route,
                              const Question& question) {
  if (!WhyClosed(route, question).empty()) return std::nullopt;
  Match match{.set = &set, .route = &route};
  if (route.pattern != nullptr && !TryPattern(*route.pattern, question.text, match)) {
    return std::nullopt;
  }
  if (route.command.has_value() && !TryCommand(route, question.text, match)) return std::nullopt;
  return match;
}

void ApplyPrecedence(std::vector<Match>& matches, const Question& question) {
  if (std::any_of(matches.begin(), matches.end(), IsExclusive)) return Keep(matches, IsExclusive);
  KeepFirstComplaint(matches, question);
  const bool is_answered = std::any_of(matches.begin(), matches.end(), [](const Match& match) {
    return IsProper(match) || IsMisfit(match);
  });
  if (is_answered)
    Keep(matches, [](const Match& match) { return !IsFallback(match) || IsMisfit(match); });
}

std::string WhyAlone(const RouteSet& set, const CompiledRoute& route, const Question& question) {
  if (const std::string_view closed = WhyClosed(route, question); !closed.empty()) {
    return std::string(closed);
  }
  const auto match = TryRoute(set, route, question);
  if (match.has_value() && IsMisfit(*match)) return "the arguments do not fit: " + match->complaint;
  if (route.pattern != nullptr) {
    return match.has_value() ? "the pattern is found in the text"
                             : "the pattern is not in the text";
  }
  if (!route.command.has_value()) return "it waits for every event of this kind";
  const std::string word = "\"" + route.command->word() + "\"";
  return "the first word is " + std::string(match.has_value() ? "" : "not ") + word;
}

}  // namespace chathub
