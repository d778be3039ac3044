// The route sets of all handlers: who may register what, and the snapshot made of them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "chathub/v1/handlers.pb.h"
#include "hub/base/loop.h"
#include "hub/base/workshop.h"
#include "hub/core/routing/route_set.h"
#include "hub/core/routing/route_table.h"
#include "hub/core/routing/trigger_index.h"
#include "hub/engine/engine.h"

namespace chathub {

// Patterns are compiled and snapshots built in the workshop; matching never waits for it. A set
// matches until its last instance has been gone for its longest linger. It rests in the store,
// where it outlives the hub, and can be attached again at any time.
class RouteBook {
 public:
  // Told when another set is in charge of a handler's routes.
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void RoutesChanged(const std::string& handler,
                               const std::shared_ptr<const RouteSet>& set) = 0;
  };

  struct Grant {
    std::shared_ptr<const RouteSet> set;
    std::vector<v1::Collision> collisions;
  };
  // Called on the hub thread, once the snapshot in use holds the routes.
  using Answer = absl::AnyInvocable<void(absl::StatusOr<Grant>)>;

  RouteBook(Loop& loop, Workshop& workshop, Engine& engine, Listener& listener);
  RouteBook(const RouteBook&) = delete;
  RouteBook& operator=(const RouteBook&) = delete;

  // Once, before anybody registers: what the store holds matches as if its last instance had just
  // left.
  void Restore();

  // For an instance: a granted registration is attached until Release.
  void Register(std::string handler, std::int64_t revision,
                google::protobuf::RepeatedPtrField<v1::Route> routes, Answer answer);
  // Keeps routes for somebody who will attach later.
  void Announce(std::string handler, std::int64_t revision,
                google::protobuf::RepeatedPtrField<v1::Route> routes, Answer answer);
  // Attaches to the set that is kept; kNoSuchPeer if there is none.
  void AttachKept(const std::string& handler, Answer answer);
  void Release(const std::string& handler, std::int64_t revision);

  // The newest snapshot; never null.
  const std::shared_ptr<const RouteTable>& table() const { return table_; }

  // True while an instance is attached, and `linger` after the last one left.
  bool StillMatches(const RouteSet& set, const CompiledRoute& route) const;

 private:
  struct Attached {
    std::shared_ptr<const RouteSet> set;
    int instances = 0;
  };
  struct Chapter {                              // of one handler
    std::map<std::int64_t, Attached> attached;  // by revision
    std::shared_ptr<const RouteSet> in_charge;
    bool in_table = false;
    TimePoint last_left;
    Timer end_of_linger;
  };

  void Compile(std::string handler, std::int64_t revision,
               google::protobuf::RepeatedPtrField<v1::Route> routes, bool attach, Answer answer);
  absl::StatusOr<Grant> Admit(std::shared_ptr<const RouteSet> set, bool attach);
  void SetInCharge(const std::string& handler, Chapter& chapter,
                   std::shared_ptr<const RouteSet> set);
  std::shared_ptr<const RouteSet> RestoreOne(const StoreEntry& entry);
  void Linger(const std::string& handler, Chapter& chapter);
  void Park(const std::string& handler);
  void Keep(const RouteSet& set, bool parked);
  void AnswerWhenBuilt(Grant grant, Answer answer);
  void Build();
  void Built(std::shared_ptr<const RouteTable> table, std::uint64_t edition);

  Loop& loop_;
  Workshop& workshop_;
  Engine& engine_;
  Listener& listener_;

  std::map<std::string, Chapter, std::less<>> chapters_;
  TriggerIndex triggers_;
  std::shared_ptr<const RouteTable> table_;
  std::uint64_t edition_ = 0;        // of what the table should hold
  std::uint64_t built_edition_ = 0;  // of what it holds
  bool building_ = false;
  std::multimap<std::uint64_t, absl::AnyInvocable<void()>> waiting_;  // by edition
};

}  // namespace chathub
