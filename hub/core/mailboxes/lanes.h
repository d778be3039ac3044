// The waiting deliveries of one handler, by conversation.
#pragma once

#include <cstddef>
#include <string>

#include "absl/container/node_hash_map.h"
#include "hub/core/mailboxes/delivery.h"

namespace chathub {

// Keeps the order within each conversation and serves conversations in turn.
class Lanes {
 public:
  // Gives the delivery its lane.
  void Enter(Delivery& delivery, std::string conversation_key);

  void PushBack(Delivery& delivery);
  // Again at the head of its lane. Of several, the youngest first.
  void PushFront(Delivery& delivery);
  void Take(Delivery& delivery);

  // The next lane that has something waiting; null: none. It is no longer listed then: hand
  // something out and List it again, or put it among an instance's blocked ones.
  Lane* Next();
  void List(Lane& lane);
  // Before everything else; it is not blocked any more.
  void ListFirst(Lane& lane);

  // The delivery is gone; forgets its lane if it was the last.
  void Exit(Delivery& delivery);

  std::size_t waiting() const { return waiting_; }

 private:
  absl::node_hash_map<std::string, Lane> lanes_;  // by their keys
  Chain<Lane> listed_;
  std::size_t waiting_ = 0;
};

}  // namespace chathub
