// Events that the hub has not accepted yet.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "chathub/v1/adapters.pb.h"
#include "outgoing.h"

namespace chathub::sdk {

// Numbers events from 1, gives them out in order, gives them out again on a new stream, and keeps
// the newest when there are too many.
class Outbox {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // So many may be said and not accepted: what else is to be said does not wait behind more, and
  // the hub can put off a few thousand.
  static constexpr std::size_t kMostUnaccepted = 2'048;

  Outbox(std::size_t most_events, std::size_t most_bytes)
      : most_events_(most_events), most_bytes_(most_bytes) {}

  // Its seq. `event`, as it goes over the wire, has neither seq nor age nor `resent`. The oldest
  // ones make room for it; those of them that were not said on this stream become a gap.
  std::uint64_t Add(std::string event, std::chrono::milliseconds age, Time now);
  // The hub has everything up to here.
  void Accept(std::uint64_t up_to);
  // A new stream: all that is left is to be said again.
  void Rewind();

  // What the hub must hear before the next event: those that it will never see.
  std::optional<v1::Gap> TakeGap() { return std::exchange(gap_, std::nullopt); }
  // Says in `frame` what is unsaid, as far as it has room.
  void Fill(OutgoingFrame& frame, Time now);

  // 0: empty.
  std::uint64_t oldest() const { return entries_.empty() ? 0 : last_ - entries_.size() + 1; }
  // 0: there never was one.
  std::uint64_t last() const { return last_; }
  // Of those that are kept, on this stream.
  std::size_t said() const { return said_; }
  bool all_said() const { return said_ == entries_.size(); }
  std::size_t size() const { return entries_.size(); }
  // At most half of what it can keep is in it.
  bool has_space() const;

 private:
  struct Entry {
    std::string event;
    std::chrono::milliseconds age;  // when it came
    Time since;
    bool resent = false;
  };

  static std::size_t Weight(const Entry& entry);
  bool MaySay() const;
  void DropOldest();
  void PopOldest();

  const std::size_t most_events_;
  const std::size_t most_bytes_;
  std::deque<Entry> entries_;
  std::size_t said_ = 0;     // how many of them, from the front, on this stream
  std::size_t dropped_ = 0;  // said on it, not accepted, and not kept any more
  std::uint64_t last_dropped_ = 0;
  std::size_t bytes_ = 0;
  std::uint64_t last_ = 0;
  std::optional<v1::Gap> gap_;
  v1::AdapterEvent head_;  // of the event that is being said
};

}  // namespace chathub::sdk
