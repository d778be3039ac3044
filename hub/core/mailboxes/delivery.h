// The parts of a handler's mailbox: an open delivery, its lane, the instance that holds it.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "hub/base/loop.h"
#include "hub/core/links.h"
#include "hub/core/mailboxes/chain.h"
#include "hub/core/routing/route_set.h"
#include "hub/engine/engine.h"

namespace chathub {

struct Delivery;
struct Instance;

// What one conversation has in the mailbox. While anything of it is in flight, it belongs to one
// instance.
struct Lane {
  const std::string* key = nullptr;  // of the conversation; the lanes have it
  Chain<Delivery> waiting;           // in order
  Instance* instance = nullptr;      // while in_flight > 0
  std::size_t members = 0;           // deliveries that wait, rest or are in flight
  std::size_t in_flight = 0;
  bool held = false;       // one of them holds it while it rests
  bool listed = false;     // among those to be served
  Lane* before = nullptr;  // there
  Lane* behind = nullptr;
  Instance* blocked_on = nullptr;  // its instance has no room
};

// A delivery that is not finished.
struct Delivery {
  EntryPtr entry;
  std::shared_ptr<const RouteSet> set;  // keeps the route
  const CompiledRoute* route = nullptr;
  std::uint64_t place = 0;  // order of arrival
  Lane* lane = nullptr;
  Instance* holder = nullptr;  // null: it waits or rests
  bool waits = false;          // in its lane
  Delivery* before = nullptr;  // there
  Delivery* behind = nullptr;
  bool holds_lane = false;  // it rests and nobody may pass it

  TimePoint arrived;
  TimePoint expires;          // unless it was handed out before
  TimePoint deadline;         // the user's patience
  TimePoint lease;            // while it is held
  bool clock_stands = false;  // its deadline passed while no instance was there
  Timer clock;
  Timer rest;
  std::set<std::string> says;  // keys of its Says, as the handler gave them

  const std::string& id() const { return entry->id(); }
  std::uint32_t attempt() const { return entry->envelope.attempt(); }
  const v1::Conversation& conversation() const {
    return entry->envelope.delivery().event().conversation();
  }
};

// One attached process of a handler. Survives a broken stream for a second.
struct Instance {
  std::string token;            // by which it comes back
  std::string session;          // its address
  HandlerLink* link = nullptr;  // null: the stream broke
  std::int64_t revision = 0;
  std::size_t maximum = 0;       // deliveries it may hold
  std::vector<Delivery*> holds;  // by place
  std::vector<Lane*> blocked;    // lanes that wait for room here
  bool leaving = false;
  bool silent = false;  // a lease expired; nothing new until it speaks
  std::int64_t attached_at = 0;
  Timer grace;
  Timer release;  // it was leaving and holds nothing any more
};

}  // namespace chathub
