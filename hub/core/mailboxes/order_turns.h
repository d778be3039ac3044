// The orders of one adapter that are not done, in turns among those who ordered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/container/node_hash_map.h"
#include "hub/base/loop.h"
#include "hub/core/mailboxes/chain.h"
#include "hub/engine/engine.h"

namespace chathub {

struct PendingOrder;

// Who orders: a handler with all its instances, or the hub itself.
struct OrderAuthor {
  std::map<std::uint64_t, PendingOrder*> waiting;  // by place
  std::size_t open = 0;                            // that wait, rest or are out
  std::size_t out = 0;
  bool listed = false;            // among those whose turn will come
  OrderAuthor* before = nullptr;  // there
  OrderAuthor* behind = nullptr;
};

// An order that is not done.
struct PendingOrder {
  EntryPtr entry;
  OrderAuthor* author = nullptr;
  std::uint64_t place = 0;  // order of arrival
  bool out = false;         // the adapter has it
  bool resent = false;
  std::optional<v1::Problem> infeasible;  // of the action behind the last one handed out
  Timer clock;                            // until not_before, then until it expires
};

// Keeps the order of each author and serves authors in turn, so a flood of one lies before the
// orders of nobody else.
class OrderTurns {
 public:
  // How many of one author may be out at a time, unless others wait too.
  static constexpr std::size_t kShare = 64;

  // Gives the order its author and its place.
  void Enter(PendingOrder& order);
  void Wait(PendingOrder& order);
  // It need not wait: nothing of its author does, nor is too much of it out.
  bool MayPass(const PendingOrder& order) const;
  void GoOut(PendingOrder& order);
  void ComeBack(PendingOrder& order);

  // Whose turn it is among those who wait; null: nobody's. It has had its turn when it goes out.
  PendingOrder* Next() const;

  // The order is done.
  void Exit(PendingOrder& order);

  // How many of this author are not done.
  std::size_t open(std::string_view author) const;
  std::size_t waiting() const { return waiting_; }
  std::size_t out() const { return out_; }

 private:
  void Unlist(OrderAuthor& author);
  void List(OrderAuthor& author);
  void Take(PendingOrder& order);

  // By their names. They stay, like the mailboxes of handlers.
  absl::node_hash_map<std::string, OrderAuthor> authors_;
  Chain<OrderAuthor> listed_;  // who have something waiting and may have it out
  std::uint64_t last_place_ = 0;
  std::size_t waiting_ = 0;
  std::size_t out_ = 0;
};

}  // namespace chathub
