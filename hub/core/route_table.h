// All routes as one immutable snapshot: which of them an event reaches.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "chathub/v1/message.pb.h"
#include "hub/core/literal_index.h"
#include "hub/core/route_set.h"

namespace chathub {

// What is known of an event. The text must live as long as the matches are used.
struct Question {
  // Of a message, without the mention or prefix.
  std::string_view text;
  bool addressed = false;
  v1::EventKind kind = v1::EVENT_KIND_MESSAGE;
  bool from_bot = false;
};

// A route that an event reaches. Copy what is kept: the pointers are valid as long as the
// RouteTable (or somebody's shared_ptr to the set) lives, the views as long as that and the
// question's text.
struct Match {
  const RouteSet* set = nullptr;
  const CompiledRoute* route = nullptr;
  // Named groups that took part; of a command `rest` and the arguments given.
  std::vector<Capture> captures;
  // By number, 0 is the whole match (a command's: the whole text); empty where a group took no
  // part. None for event routes.
  std::vector<std::string_view> groups;
  // A pattern, and the text was longer than it sees.
  bool truncated = false;
  // Not empty: the command word is this route's but the arguments do not fit; the user should hear
  // this instead, and the handler nothing.
  std::string complaint;
};

// Whether an event reaches a route, for the dry run.
struct Verdict {
  const RouteSet* set = nullptr;
  const CompiledRoute* route = nullptr;
  bool reached = false;
  // One sentence.
  std::string why;
};

// Immutable. The hub thread holds the newest with a shared_ptr, a workshop builds the next; any
// thread may ask it at any time.
//
// The rules: patterns and commands match messages only; a route that says addressed_only matches
// only what is said to the bot, one that does not say `bots` nothing that a bot said. Where an
// exclusive route matches, only exclusive ones are reached. Fallback routes are reached only when
// there is nothing else. A misfit of a command's arguments is no match: the text goes to whoever
// else matches it. Only if it is addressed and no other pattern or command (fallbacks aside)
// matches does the user hear the complaint, and then no fallback is reached; routes that wait for
// any message by its event kind are reached beside it. Required groups are the router's matter: it
// asks for them after this, so a route forbidden to the user is never replaced by another.
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

  const std::vector<std::shared_ptr<const RouteSet>>& sets() const { return sets_; }
  // Null: the handler has no routes.
  const RouteSet* Find(std::string_view handler) const;

 private:
  explicit RouteTable(std::vector<std::shared_ptr<const RouteSet>> sets);

  std::vector<std::shared_ptr<const RouteSet>> sets_;
};

}  // namespace chathub
