// What goes through the hub, for whoever watches.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chathub/v1/admin.pb.h"
#include "hub/base/loop.h"

namespace chathub {

// Costs next to nothing while nobody watches.
class Tail {
 public:
  class Watcher {
   public:
    virtual ~Watcher() = default;
    virtual void Saw(const v1::TailEntry& entry) = 0;
  };

  explicit Tail(const Loop& loop) : loop_(loop) {}

  void Add(Watcher& watcher) { watchers_.push_back(&watcher); }
  void Remove(Watcher& watcher) { std::erase(watchers_, &watcher); }

  bool watched() const { return !watchers_.empty(); }

  // `what` is one word: event, delivery, finish, order, done, dead.
  void Tell(std::string_view what, std::string_view id, std::string_view from, std::string_view to,
            std::string_view text) {
    if (watched()) TellAll(what, id, from, to, text);
  }

 private:
  void TellAll(std::string_view what, std::string_view id, std::string_view from,
               std::string_view to, std::string_view text);

  const Loop& loop_;
  std::vector<Watcher*> watchers_;
};

}  // namespace chathub
