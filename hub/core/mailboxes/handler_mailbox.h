// The deliveries that wait for one handler, and which of its instances takes which.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "chathub/v1/adapters.pb.h"
#include "chathub/v1/handlers.pb.h"
#include "hub/base/loop.h"
#include "hub/core/counters.h"
#include "hub/core/mailboxes/absence.h"
#include "hub/core/mailboxes/announcer.h"
#include "hub/core/mailboxes/dead_letters.h"
#include "hub/core/mailboxes/delivery.h"
#include "hub/core/mailboxes/directory.h"
#include "hub/core/mailboxes/endings.h"
#include "hub/core/mailboxes/instances.h"
#include "hub/core/mailboxes/lanes.h"
#include "hub/core/mailboxes/orders.h"
#include "hub/core/routing/route_set.h"
#include "hub/core/store/plugin_store.h"
#include "hub/core/tail.h"
#include "hub/engine/engine.h"

namespace chathub {

// Lives as long as the hub; outlives its instances. Keeps the contract of deliveries: attempts,
// leases, deadlines, expiry, order per conversation.
class HandlerMailbox : public Reader {
 public:
  static constexpr Milliseconds kLease{10'000};
  static constexpr Milliseconds kGrace{1'000};  // a broken stream may come back
  // Likewise when it was the hub that broke.
  static constexpr Milliseconds kRestoredGrace{2'000};

  // What the mailbox works with; everything must outlive it.
  struct Tools {
    Loop& loop;
    Engine& engine;
    Directory& directory;
    const Orders& orders;
    Announcer& announcer;
    DeadLetters& dead_letters;
    Endings& endings;
    Counters& counters;
    Tail& tail;
    PluginStore& store;
  };

  HandlerMailbox(std::string name, std::size_t capacity, Tools tools);
  HandlerMailbox(const HandlerMailbox&) = delete;
  HandlerMailbox& operator=(const HandlerMailbox&) = delete;
  ~HandlerMailbox() override;

  void Arrived(EntryPtr entry) override;
  // The set in charge. What waits for a route that is gone dies.
  void SetRoutes(std::shared_ptr<const RouteSet> set);
  // Once there are routes, and before anybody attaches: takes in what an earlier life of the hub
  // left, and from then on whatever comes.
  void Begin();

  // An instance attaches, as itself again if its token is known: what it says to hold stays its.
  Instance& Attach(HandlerLink& link, const std::string& session, const v1::HandlerHello& hello);
  // After the HelloOk: deliveries follow.
  void Serve() { Pump(); }
  // The stream of this session ended. An instance that was leaving is gone at once, another may
  // come back, or has come back already.
  void Detach(const std::string& session);
  // Nothing new for it. Its stream is ended once it holds nothing: what crossed its leaving on the
  // way is served by it like all the rest.
  void Retire(Instance& instance);
  // It said something: it lives.
  void Spoke(Instance& instance);

  v1::FinishResult Finish(Instance& instance, v1::Finish&& finish);
  // A refusal is told by a Posted.
  void Say(Instance& instance, v1::Say say);
  void Nack(Instance& instance, const v1::Nack& nack);
  void Renew(Instance& instance, const v1::Renew& renew);
  // What it says is heard so much later: whatever it holds is its own until then.
  void RenewAll(Instance& instance, Milliseconds later);

  // What became of an order made by this handler.
  void OrderDone(const internal::Envelope& order, v1::Done&& done);

  void SayDraining(const v1::Draining& draining);

  const std::string& name() const { return name_; }
  bool full() const { return open_.size() >= capacity_; }
  bool attached() const { return instances_.attached(); }
  std::size_t waiting() const { return lanes_.waiting(); }
  std::size_t open() const { return open_.size(); }
  const Instances::List& instances() const { return instances_.list(); }
  const RouteSet* routes() const { return set_.get(); }

 private:
  // handing out
  void Pump();
  Instance* Choose(const Lane& lane) const;
  void HandOut(Lane& lane, Instance& instance);
  void Hold(Delivery& delivery, Instance& instance);
  void SetClock(Delivery& delivery);
  void OnClock(Delivery& delivery);

  // what an earlier life of the hub had handed out
  void Restore(Delivery& delivery);
  void Adopt(Instance& instance, const v1::HandlerHello& hello);
  void EndGrace();

  // taking back
  Delivery* FindHeld(const Instance& instance, const std::string& id, std::uint32_t attempt) const;
  void LetGo(Delivery& delivery);
  void Unblock(Instance& instance);
  void ReleaseIfDone(Instance& instance);
  void TryAgain(Delivery& delivery);
  void Rest(Delivery& delivery, Milliseconds time);
  void Lose(Instance& instance);
  void TakeBack(const std::vector<Delivery*>& deliveries);
  void CheckLeases();
  void Remove(Instance& instance);

  // ending
  void EndWithFallback(Delivery& delivery, std::string_view text, const absl::Status& why);
  void Die(Delivery& delivery, std::string_view why, std::string_view fallback);
  void Forget(Delivery& delivery);
  Origin OriginOf(const Delivery& delivery, const Instance& instance) const;

  void TellOfAbsence();

  const std::string name_;
  const std::string address_;  // handler/<name>
  const std::size_t capacity_;
  Tools tools_;

  std::shared_ptr<const RouteSet> set_;
  Instances instances_;
  absl::flat_hash_map<std::string_view, std::unique_ptr<Delivery>> open_;  // by their ids
  Lanes lanes_;
  std::uint64_t last_place_ = 0;
  bool pumping_ = false;

  bool reading_ = false;
  bool restoring_ = false;
  std::vector<Delivery*> restored_;  // in order; nothing is handed out while there are any
  Timer restored_grace_;

  Absence absence_;
  Timer lease_check_;
};

}  // namespace chathub
