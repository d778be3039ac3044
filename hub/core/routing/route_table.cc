#include "hub/core/routing/route_table.h"

#include <algorithm>
#include <utility>

#include "hub/base/text.h"

namespace chathub {
namespace {

bool ByHandler(const std::shared_ptr<const RouteSet>& a, const std::shared_ptr<const RouteSet>& b) {
  return a->handler() < b->handler();
}

// Why a route that matches by itself does not get the event after all.
constexpr std::string_view kPrecedence =
    "it matches, but gives way: an exclusive route matches too, or it is a fallback and not needed";

}  // namespace

std::shared_ptr<const RouteTable> RouteTable::Build(
    std::vector<std::shared_ptr<const RouteSet>> sets) {
  std::sort(sets.begin(), sets.end(), ByHandler);
  return std::shared_ptr<const RouteTable>(new RouteTable(std::move(sets)));
}

RouteTable::RouteTable(std::vector<std::shared_ptr<const RouteSet>> sets) : sets_(std::move(sets)) {
  for (const auto& set : sets_) {
    for (const CompiledRoute& route : set->routes()) {
      Place(static_cast<Position>(entries_.size()), route);
      entries_.push_back({set.get(), &route});
    }
  }
  std::vector<const Literals*> literals;
  for (const Position position : with_literals_) {
    literals.push_back(&entries_[position].route->pattern->literals());
  }
  literals_ = std::make_unique<const LiteralIndex>(literals);
}

void RouteTable::Place(Position position, const CompiledRoute& route) {
  if (route.command.has_value()) {
    by_word_[route.command->word()].push_back(position);
  } else if (route.pattern == nullptr) {
    by_kind_[static_cast<std::size_t>(route.event)].push_back(position);
  } else {
    (route.without_literal() ? without_literal_ : with_literals_).push_back(position);
  }
}

RouteTable::Positions RouteTable::FindCandidates(const Question& question) const {
  Positions candidates;
  const auto add = [&candidates](const std::vector<Position>& more) {
    candidates.insert(candidates.end(), more.begin(), more.end());
  };
  if (v1::EventKind_IsValid(question.kind)) {
    add(by_kind_[static_cast<std::size_t>(question.kind)]);
  }
  if (question.kind != v1::EVENT_KIND_MESSAGE) return candidates;

  const auto word = by_word_.find(FoldCase(SplitFirstWord(question.text).word));
  if (word != by_word_.end()) add(word->second);
  for (const auto found : literals_->FindCandidates(CutAtCodePoint(question.text, kPatternSees))) {
    candidates.push_back(with_literals_[found]);
  }
  add(without_literal_);
  std::sort(candidates.begin(), candidates.end());
  return candidates;
}

std::vector<chathub::Match> RouteTable::Match(const Question& question) const {
  std::vector<chathub::Match> matches;
  for (const Position position : FindCandidates(question)) {
    const Entry& entry = entries_[position];
    if (!question.only_for.empty() && question.only_for != entry.set->handler()) continue;
    auto match = TryRoute(*entry.set, *entry.route, question);
    if (match.has_value()) matches.push_back(std::move(*match));
  }
  ApplyPrecedence(matches, question);
  return matches;
}

std::vector<Verdict> RouteTable::Explain(const Question& question) const {
  const std::vector<chathub::Match> matches = Match(question);
  const auto is_reached = [&matches](const CompiledRoute* route) {
    return std::any_of(matches.begin(), matches.end(), [route](const chathub::Match& match) {
      return match.route == route && match.complaint.empty();
    });
  };
  std::vector<Verdict> verdicts;
  for (const Entry& entry : entries_) {
    const bool reached = is_reached(entry.route);
    const auto alone = TryRoute(*entry.set, *entry.route, question);
    const bool gave_way = !reached && alone.has_value() && alone->complaint.empty();
    verdicts.push_back(
        {entry.set, entry.route, reached,
         gave_way ? std::string(kPrecedence) : WhyAlone(*entry.set, *entry.route, question)});
  }
  return verdicts;
}

const RouteSet* RouteTable::Find(std::string_view handler) const {
  const auto place = std::lower_bound(
      sets_.begin(), sets_.end(), handler,
      [](const auto& set, std::string_view wanted) { return set->handler() < wanted; });
  return place == sets_.end() || (*place)->handler() != handler ? nullptr : place->get();
}

}  // namespace chathub
