#include "outbox.h"

#include <utility>

#include "durations.h"

namespace chathub::sdk {
namespace {

// What seq, age and resent add to an event that is not numbered yet.
constexpr std::size_t kEnvelopeBytes = 64;

}  // namespace

std::uint64_t Outbox::Add(v1::AdapterEvent event, Time now) {
  event.set_seq(++last_);
  const std::size_t bytes = event.ByteSizeLong() + kEnvelopeBytes;
  while (!entries_.empty() && (entries_.size() >= most_events_ || bytes_ + bytes > most_bytes_)) {
    DropOldest();
  }
  bytes_ += bytes;
  entries_.push_back({std::move(event), now, bytes});
  return last_;
}

void Outbox::DropOldest() {
  const std::uint64_t seq = entries_.front().event.seq();
  if (said_ > 0) {
    --said_;
  } else {
    if (!gap_) gap_.emplace().set_from(seq);
    gap_->set_to(seq);
  }
  bytes_ -= entries_.front().bytes;
  entries_.pop_front();
}

void Outbox::Accept(std::uint64_t up_to) {
  while (!entries_.empty() && entries_.front().event.seq() <= up_to) {
    if (said_ > 0) --said_;
    bytes_ -= entries_.front().bytes;
    entries_.pop_front();
  }
}

void Outbox::Rewind() {
  for (std::size_t i = 0; i < said_; ++i) entries_[i].event.set_resent(true);
  said_ = 0;
  // The hello says where the outbox begins; that tells the hub of everything lost before.
  gap_ = std::nullopt;
}

void Outbox::Fill(google::protobuf::RepeatedPtrField<v1::AdapterItem>& frame, FrameRoom& room,
                  Time now) {
  for (; said_ < entries_.size() && room.Take(entries_[said_].bytes); ++said_) {
    const Entry& entry = entries_[said_];
    v1::AdapterEvent& event = *frame.Add()->mutable_event();
    event = entry.event;
    const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(now - entry.since);
    *event.mutable_age() = ToProto(FromProto(entry.event.age()) + waited);
  }
}

bool Outbox::has_space() const {
  return entries_.size() <= most_events_ / 2 && bytes_ <= most_bytes_ / 2;
}

}  // namespace chathub::sdk
