// All routes as one immutable snapshot: which of them an event reaches.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "chathub/v1/message.pb.h"
#include "hub/core/routing/literal_index.h"
#include "hub/core/routing/match.h"
#include "hub/core/routing/route_set.h"

namespace chathub {

// Whether an event reaches a route, for the dry run.
struct Verdict {
  const RouteSet* set = nullptr;
  const CompiledRoute* route = nullptr;
  bool reached = false;
  // One sentence.
  std::string why = {};
};

// Immutable. The hub thread holds the newest with a shared_ptr, a workshop builds the next; any
// thread may ask it at any time.
//
// Only those routes are tried whose command word is the text's first word, whose literals are in
// the text, or that have no literal. What these rules are and which of the matching routes get the
// event: match.h.
class RouteTable {
 public:
  // On any thread; at most one set per handler. Compiles nothing.
  static std::shared_ptr<const RouteTable> Build(std::vector<std::shared_ptr<const RouteSet>> sets);

  RouteTable(const RouteTable&) = delete;
  RouteTable& operator=(const RouteTable&) = delete;

  // One for each route reached, by handler and route id.
  std::vector<chathub::Match> Match(const Question& question) const;

  // One for each route, by handler and route id. Tries every route: for people, not for traffic.
  std::vector<Verdict> Explain(const Question& question) const;

  // By handler.
  const std::vector<std::shared_ptr<const RouteSet>>& sets() const { return sets_; }
  // Null: the handler has no routes.
  const RouteSet* Find(std::string_view handler) const;

 private:
  // A route's position in entries_.
  using Position = std::uint32_t;
  struct Entry {
    const RouteSet* set;
    const CompiledRoute* route;
  };

  explicit RouteTable(std::vector<std::shared_ptr<const RouteSet>> sets);
  void Place(Position position, const CompiledRoute& route);
  // In order, each once; every route that matches is among them.
  using Positions = absl::InlinedVector<Position, 16>;
  Positions FindCandidates(const Question& question) const;

  std::vector<std::shared_ptr<const RouteSet>> sets_;
  // By handler and route id.
  std::vector<Entry> entries_;
  absl::flat_hash_map<std::string, std::vector<Position>> by_word_;
  std::array<std::vector<Position>, v1::EventKind_ARRAYSIZE> by_kind_;
  std::vector<Position> with_literals_;
  std::vector<Position> without_literal_;
  // Over with_literals_.
  std::unique_ptr<const LiteralIndex> literals_;
};

}  // namespace chathub
