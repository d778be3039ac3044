#include "outbox.h"

#include <utility>

#include "durations.h"
#include "wire.h"

namespace chathub::sdk {
namespace {

// What seq, age and resent add to an event.
constexpr std::size_t kHeadBytes = 64;

}  // namespace

std::uint64_t Outbox::Add(std::string event, std::chrono::milliseconds age, Time now) {
  Entry entry{.event = std::move(event), .age = age, .since = now};
  const std::size_t bytes = Weight(entry);
  while (!entries_.empty() && (entries_.size() >= most_events_ || bytes_ + bytes > most_bytes_)) {
    DropOldest();
  }
  bytes_ += bytes;
  entries_.push_back(std::move(entry));
  return ++last_;
}

std::size_t Outbox::Weight(const Entry& entry) { return entry.event.size() + kHeadBytes; }

bool Outbox::MaySay() const { return said_ + dropped_ < kMostUnaccepted; }

void Outbox::DropOldest() {
  if (said_ == 0) {
    if (!gap_) gap_.emplace().set_from(oldest());
    gap_->set_to(oldest());
  } else {
    ++dropped_;
    last_dropped_ = oldest();
  }
  PopOldest();
}

void Outbox::PopOldest() {
  if (said_ > 0) --said_;
  bytes_ -= Weight(entries_.front());
  entries_.pop_front();
}

void Outbox::Accept(std::uint64_t up_to) {
  if (up_to >= last_dropped_) dropped_ = 0;
  while (!entries_.empty() && oldest() <= up_to) PopOldest();
}

void Outbox::Rewind() {
  for (std::size_t i = 0; i < said_; ++i) entries_[i].resent = true;
  said_ = 0;
  dropped_ = 0;
  // The hello says where the outbox begins; that tells the hub of everything lost before.
  gap_ = std::nullopt;
}

void Outbox::Fill(OutgoingFrame& frame, Time now) {
  for (; !all_said() && MaySay() && frame.HasRoom(Weight(entries_[said_])); ++said_) {
    const Entry& entry = entries_[said_];
    const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(now - entry.since);
    head_.set_seq(oldest() + said_);
    *head_.mutable_age() = ToProto(entry.age + waited);
    head_.set_resent(entry.resent);
    // A message in two pieces is what both of them say.
    const std::size_t head_size = head_.ByteSizeLong();
    const std::size_t size = head_size + entry.event.size();
    std::string& bytes = frame.Begin(SizeWithHead(size));
    AppendHead(v1::AdapterItem::kEventFieldNumber, size, bytes);
    AppendSized(head_, head_size, bytes);
    bytes += entry.event;
  }
}

bool Outbox::has_space() const {
  return entries_.size() <= most_events_ / 2 && bytes_ <= most_bytes_ / 2;
}

}  // namespace chathub::sdk
