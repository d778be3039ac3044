// The attached processes of one handler.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "chathub/v1/handlers.pb.h"
#include "hub/base/loop.h"
#include "hub/core/mailboxes/delivery.h"

namespace chathub {

class Instances {
 public:
  using List = std::vector<std::unique_ptr<Instance>>;

  static constexpr std::size_t kDefaultInFlight = 64;
  static constexpr std::size_t kMostInFlight = 1024;

  explicit Instances(const Loop& loop) : loop_(loop) {}

  // Who has a token comes back as itself, and its old stream is closed if the hub has not yet seen
  // it break; anybody else is new.
  Instance& Join(HandlerLink& link, const std::string& session, const v1::HandlerHello& hello);
  void Remove(const Instance& instance);

  // Any with an open stream.
  bool attached() const;
  // Null: there is none.
  Instance* FindByToken(const std::string& token) const;  // that a peer says to have
  Instance* FindAuthor(std::string_view token) const;     // that the hub wrote down itself
  Instance* FindBySession(const std::string& session) const;
  // The one that holds least among those of this revision that have room; null: none.
  Instance* Roomiest(std::int64_t revision) const;
  static bool HasRoom(const Instance& instance, std::int64_t revision);

  const List& list() const { return list_; }

 private:
  const Loop& loop_;
  List list_;
};

// What the instance does not say to hold any more: it was on the way when the stream broke.
std::vector<Delivery*> NotHeld(const Instance& instance, const v1::HandlerHello& hello);

}  // namespace chathub
