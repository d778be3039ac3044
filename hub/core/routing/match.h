// Whether one event reaches one route, and which of the routes that match get it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chathub/v1/message.pb.h"
#include "hub/core/routing/route_set.h"

namespace chathub {

// What is known of an event. The text must live as long as the matches are used.
struct Question {
  // Of a message, without the mention or prefix.
  std::string_view text = {};
  bool addressed = false;
  v1::EventKind kind = v1::EVENT_KIND_MESSAGE;
  bool from_bot = false;
  // Meant for the routes of this handler alone; empty: for everybody's.
  std::string_view only_for = {};
};

// Of what a route may wait for; EVENT_KIND_UNSPECIFIED: an adapter newer than this hub said it.
v1::EventKind KindOf(const v1::Event& event);

// A route that an event reaches. Copy what is kept: the pointers are valid as long as the
// RouteTable (or somebody's shared_ptr to the set) lives, the views as long as that and the
// question's text.
struct Match {
  const RouteSet* set = nullptr;
  const CompiledRoute* route = nullptr;
  // Named groups that took part; of a command `rest` and the arguments given.
  Captures captures = {};
  // By number, 0 is the whole match (a command's: the whole text); empty where a group took no
  // part. None for event routes.
  Pieces groups = {};
  // A pattern, and the text was longer than it sees.
  bool truncated = false;
  // Not empty: the command word is this route's but the arguments do not fit; the user should hear
  // this instead, and the handler nothing.
  std::string complaint = {};
};

// Tries one route by itself: patterns and commands match messages only; a route that says
// addressed_only matches only what is said to the bot, one that does not say `bots` nothing that a
// bot said. A match with a complaint is a misfit.
std::optional<Match> TryRoute(const RouteSet& set, const CompiledRoute& route,
                              const Question& question);

// Leaves those of all matching routes that get the event:
// - Where an exclusive route matches, only exclusive ones.
// - Fallback routes only where there is nothing else.
// - A misfit is no match; the text goes to whoever else matches it. Only if it is addressed, no bot
//   said it and no pattern or other command (fallbacks aside) matches does the user hear one
//   complaint, the first. Then no fallback is reached, but what waits for any message by its event
//   kind is, as before.
// Pieces that a route requires are not looked at here but by the router, afterwards: a route that
// is forbidden to a user is never replaced by another.
void ApplyPrecedence(std::vector<Match>& matches, const Question& question);

// One sentence on a route by itself, for the dry run: why TryRoute gave a match, or why not.
std::string WhyAlone(const RouteSet& set, const CompiledRoute& route, const Question& question);

}  // namespace chathub
