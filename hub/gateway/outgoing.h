// Frames that wait for one peer to read them.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <utility>

namespace chathub {

// One frame at a time is being written; it counts until the next is taken.
class Outgoing {
 public:
  void Add(std::string frame) {
    bytes_ += frame.size();
    frames_.push_back(std::move(frame));
  }
  bool empty() const { return frames_.empty(); }
  std::size_t bytes() const { return bytes_ + writing_.size(); }
  // Stays where it is until the next is taken.
  const std::string& Next() {
    writing_ = std::move(frames_.front());
    frames_.pop_front();
    bytes_ -= writing_.size();
    return writing_;
  }
  void Drop() {
    frames_.clear();
    bytes_ = 0;
  }

 private:
  std::deque<std::string> frames_;
  std::size_t bytes_ = 0;
  std::string writing_;
};

}  // namespace chathub
