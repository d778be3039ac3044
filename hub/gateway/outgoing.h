// Bytes that wait for one peer to read them, in whole frames.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace chathub {

// Frames are collected while earlier ones are being written, and then written together.
class Outgoing {
 public:
  // A text in a frame of its own, as servers write it.
  void AddText(std::string_view text);
  // Whole frames. Nothing may follow a frame that closes: whatever is added behind it is dropped.
  void AddFrames(std::string_view frames);

  bool empty() const { return waiting_.empty() && writing_.empty(); }
  std::size_t bytes() const { return waiting_.size() + writing_.size() - written_; }
  std::size_t waiting() const { return waiting_.size(); }
  bool writing() const { return !writing_.empty(); }

  // What is to be written now: all that waits, unless something is being written already. Stays
  // where it is until Wrote has been told of all of it.
  std::string_view Next();
  void Wrote(std::size_t bytes);
  // Forgets what waits.
  void Drop() { waiting_.clear(); }

 private:
  std::string waiting_;
  std::string writing_;
  std::size_t written_ = 0;
  bool closed_ = false;
};

}  // namespace chathub
