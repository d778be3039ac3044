// Takes an incoming event, asks the RouteTable, fills mailboxes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "chathub/v1/adapters.pb.h"
#include "hub/base/loop.h"
#include "hub/core/counters.h"
#include "hub/core/mailboxes/announcer.h"
#include "hub/core/mailboxes/dead_letters.h"
#include "hub/core/mailboxes/directory.h"
#include "hub/core/mailboxes/progress.h"
#include "hub/core/rate_limit.h"
#include "hub/core/rights/groups.h"
#include "hub/core/routing/mention.h"
#include "hub/core/routing/route_book.h"
#include "hub/core/tail.h"
#include "hub/engine/engine.h"

namespace chathub {

// For whom alone a private text is meant. What reaches no route of that handler as it is does so
// with `word` in front, or not at all.
struct Addressee {
  const std::string& handler;
  std::string_view word;
};

// An event on its way to the handlers. Its event has its id.
struct Incoming {
  std::unique_ptr<v1::Event> event;
  const v1::AdapterHello& adapter;  // who heard it
  Milliseconds age{0};              // how old it was when it came in
  std::string_view traceparent;     // of the caller
  Progress::Duties duties;
  const Addressee* only_for = nullptr;  // null: for everybody
};

class Router {
 public:
  struct Tools {
    Loop& loop;
    Engine& engine;
    RouteBook& routes;
    Directory& directory;
    Announcer& announcer;
    DeadLetters& dead_letters;
    Counters& counters;
    Tail& tail;
    const Groups& groups;
  };

  Router(std::string command_prefix, Tools tools)
      : command_prefix_(std::move(command_prefix)), tools_(tools) {}

  // One delivery into the mailbox of each handler that it matches, all or none. Says whether it
  // matches any. Fails only when the engine can keep nothing now.
  absl::StatusOr<bool> Route(Incoming incoming);
  // An event that came before: accepted when what came before it is kept.
  absl::Status RouteNothing(Progress::Duties duties);

  // A dry run of a text that this user says.
  std::vector<Verdict> Explain(std::string_view text, bool addressed, const v1::User& user) const;
  Heard HearText(std::string_view text, const v1::Conversation& conversation) const;

 private:
  Question Ask(std::string_view text, const Incoming& incoming) const;
  Step StepFor(const std::vector<Match>& matches, const Question& question, Incoming& incoming);
  bool Allowed(const Match& match, const Incoming& incoming, bool from_bot);
  EntryPtr MakeDelivery(const Match& match, const Question& question, const Incoming& incoming,
                        std::unique_ptr<v1::Event> event);
  void TurnAway(const EntryPtr& delivery, Step& step);

  const std::string command_prefix_;
  Tools tools_;
  RateLimit bot_messages_{5, Milliseconds(10'000)};  // per conversation and route
};

}  // namespace chathub
