// Items that wait to be written, packed into frames.
#pragma once

#include <relay.pb.h>

#include <deque>
#include <utility>

namespace chathub::bench {

class Packing {
 public:
  // 1: every item in a frame of its own.
  explicit Packing(int most_items) : most_items_(most_items) {}

  void Add(Item item) { items_.push_back(std::move(item)); }
  bool empty() const { return items_.empty(); }
  Frame Take() {
    Frame frame;
    while (!items_.empty() && frame.items_size() < most_items_) {
      *frame.add_items() = std::move(items_.front());
      items_.pop_front();
    }
    return frame;
  }

 private:
  const int most_items_;
  std::deque<Item> items_;
};

}  // namespace chathub::bench
