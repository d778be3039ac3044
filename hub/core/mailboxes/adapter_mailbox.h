// The orders that wait for one adapter, and which session may take them.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "chathub/v1/adapters.pb.h"
#include "hub/base/loop.h"
#include "hub/core/counters.h"
#include "hub/core/mailboxes/dead_letters.h"
#include "hub/core/mailboxes/endings.h"
#include "hub/core/mailboxes/order_turns.h"
#include "hub/core/mailboxes/progress.h"
#include "hub/core/tail.h"
#include "hub/engine/engine.h"
#include "hub/engine/remembered_keys.h"

namespace chathub {

// One attached adapter, as its mailbox sees it.
class AdapterHolder {
 public:
  virtual ~AdapterHolder() = default;
  // The name is theirs; orders follow.
  virtual void Granted() = 0;
  // The name is not, or no longer, theirs. The holder never calls the mailbox again.
  virtual void Refused(const absl::Status& why) = 0;
  // More was accepted or settled.
  virtual void ProgressMoved() = 0;
  virtual void Say(const v1::AdapterCommand& command) = 0;
  // The session's address.
  virtual const std::string& address() const = 0;
};

// Lives as long as the hub; outlives the sessions of its adapter. Orders go out in turns among
// their authors, each author's own in order of their arrival, at most kWindow at a time. How far
// the adapter's events were taken in is kept in the store, at most kPositionLag behind.
class AdapterMailbox : public Reader, public Progress::Listener {
 public:
  static constexpr std::size_t kWindow = 256;
  // How long a holder may be silent when somebody else wants its name.
  static constexpr Milliseconds kPatience{5000};
  static constexpr Milliseconds kPositionLag{50};

  struct Options {
    std::string name;
    bool resend_in_doubt = true;
    std::size_t capacity = 10'000;
  };

  // Whoever wants to know what became of an order.
  class Author {
   public:
    virtual ~Author() = default;
    virtual void OrderDone(const internal::Envelope& order, v1::Done&& done) = 0;
  };

  AdapterMailbox(Options options, Loop& loop, Engine& engine, DeadLetters& dead_letters,
                 Endings& endings, Counters& counters, Tail& tail, Author& author);
  AdapterMailbox(const AdapterMailbox&) = delete;
  AdapterMailbox& operator=(const AdapterMailbox&) = delete;
  ~AdapterMailbox() override;

  void Arrived(EntryPtr entry) override;

  // Asks for the name: granted at once if it is free or the same process has it, else when its
  // holder does not answer a ping.
  void Claim(AdapterHolder& claimant, const v1::AdapterHello& hello);
  // The holder says something about itself anew; the incarnation and epoch stay.
  void Update(const v1::AdapterHello& hello) { hello_ = hello; }
  void HolderLives();
  // The holder ends on purpose: nothing new for it.
  void Retire() { retiring_ = true; }
  // The session is gone, whether it held the name or asked for it.
  void Leave(AdapterHolder& holder);
  void Done(v1::Done&& done);

  // Says an order that is never kept; lost when nobody is attached.
  void SayOnce(v1::Order order);

  void SayDraining(const v1::Draining& draining);

  const std::string& name() const { return options_.name; }
  bool attached() const { return holder_ != nullptr; }
  // Nobody may have more orders open than there is room left.
  bool FullFor(std::string_view author) const;
  std::size_t waiting() const { return turns_.waiting(); }
  std::size_t out() const { return turns_.out(); }
  // The rooms of orders to join or part that are not done.
  std::set<std::string> RoomsToJoinOrPart() const;
  // While attached.
  const std::string& session() const { return holder_->address(); }
  std::int64_t attached_at() const { return attached_at_; }
  // Of the last adapter that was granted the name.
  const v1::AdapterHello& hello() const { return hello_; }
  // Of the present epoch; there is one once an adapter was granted the name.
  Progress& progress() { return *progress_; }
  // Nothing that an earlier life of the hub took in is left unsettled.
  bool restored_settled() const { return restored_.expired(); }
  // Held by what an earlier life of the hub left, until it is settled.
  Duty RestoredDuty();

  // Progress::Listener
  void ProgressMoved() override;
  // What was taken in and is not accepted will be said again by the adapter.
  void ForgetUnaccepted();
  bool Knows(const std::string& service_event_id) const {
    return service_event_ids_.Contains(service_event_id);
  }
  void Remember(const std::string& service_event_id) { service_event_ids_.Add(service_event_id); }

 private:
  void RestorePosition();
  void KeepPosition();
  void Begin(const v1::AdapterHello& hello);
  void Grant(AdapterHolder& claimant, const v1::AdapterHello& hello);
  void Challenge(AdapterHolder& claimant, const v1::AdapterHello& hello);
  void TakeBack();
  void Ready(PendingOrder& order);
  void Expire(PendingOrder& order);
  bool MayHandOut() const { return holder_ != nullptr && !retiring_ && out() < kWindow; }
  void Pump();
  void HandOut(PendingOrder& order);
  void SayOrder(v1::Order& order);
  void End(PendingOrder& order, v1::Done&& done);
  void Die(PendingOrder& order, const absl::Status& why);
  void Forget(PendingOrder& order);

  const Options options_;
  const std::string address_;  // adapter/<name>

  Loop& loop_;
  Engine& engine_;
  DeadLetters& dead_letters_;
  Endings& endings_;
  Counters& counters_;
  Tail& tail_;
  Author& author_;

  const std::shared_ptr<AdapterMailbox*> self_;  // asked by duties, which may outlive the mailbox

  AdapterHolder* holder_ = nullptr;
  bool retiring_ = false;
  std::int64_t attached_at_ = 0;
  v1::AdapterHello hello_;
  std::shared_ptr<Progress> progress_;
  RememberedKeys service_event_ids_{100'000};
  Timer position_lag_;
  bool restoring_ = false;
  std::weak_ptr<const void> restored_;

  AdapterHolder* claimant_ = nullptr;  // waits for the holder to be silent for long enough
  v1::AdapterHello claim_;
  Timer patience_;
  std::uint64_t last_nonce_ = 0;

  absl::flat_hash_map<std::string_view, std::unique_ptr<PendingOrder>> open_;  // by their keys
  OrderTurns turns_;
};

}  // namespace chathub
