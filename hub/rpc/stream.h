// One attached peer's stream: frames in, frames out.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "hub/base/errors.h"
#include "hub/rpc/call.h"
#include "hub/rpc/caller.h"
#include "hub/rpc/desk.h"
#include "hub/rpc/outbox.h"
#include "hub/rpc/statuses.h"
#include "hub/rpc/tag.h"
#include "hub/rpc/unheard.h"

namespace chathub {

// `Kind` names the types of one service's stream: Link, Session, Item, Command, InFrame,
// Open(Hub&, Link&, Pass) and
//   CanWait(Command)     nobody waits for it, so it may ride along with the next frame
//   GoesFirst(Item)      it ends something, so it passes what begins something
//   Wait(Session, Item)  how long it waits, and what is said behind it
//   kReadAhead           so many bytes may be unheard before the peer is not read on, for the sake
//                        of those that go first
//
// Owns itself: made of a call that has come, gone when gRPC has handed back all it was given.
template <class Kind>
class Stream final : public Kind::Link {
 public:
  Stream(std::unique_ptr<Call> call, Desk& desk);

  void Say(const typename Kind::Command& command) override;
  void Close(const absl::Status& why) override;

 private:
  using Buffer = grpc::ByteBuffer;
  using Unheard = chathub::Unheard<typename Kind::InFrame>;
  // Items, or empty frames, of one peer; then others have their turn.
  static constexpr int kMostInARow = 64;
  // So many items do not wait for the lap's end: their peer works while the next frame is heard.
  static constexpr int kWorthAFrame = 16;
  static constexpr int kAll = std::numeric_limits<int>::max();
  // How long what can wait does.
  static constexpr Milliseconds kRide{1};

  ~Stream() { desk_.open_streams.erase(this); }

  void Begin();
  void Refuse(const Arrival& arrival);
  void Read() { call_->Read(incoming_, read_tag_); }
  void OnRead(bool ok);
  void HearWhatGoesFirst(typename Kind::InFrame& frame);
  void Hear(int most, bool has_waited = false);
  void HearInParts(TimePoint at_the_latest);
  void HearOn(int most, bool has_waited);
  void WaitNoLonger();
  void ReadOn(int items);
  void OnReadEnd();
  void OnWritten(bool ok);
  void FlushSoon();
  void FlushInTime();
  void Flush();
  void Write();
  void Finish();
  void LeaveWhenDone();

  const std::unique_ptr<Call> call_;
  Desk& desk_;
  Tag read_tag_, write_tag_;

  Buffer incoming_;     // gRPC's while a read is outstanding
  bool reads_ = false;  // or will, once something else is done
  int said_in_a_row_ = 0;
  Unheard unheard_;
  bool hears_soon_ = false;  // more of it
  Timer wait_;               // of the first of it
  int full_frames_ = 0;      // in a row
  std::unique_ptr<typename Kind::Session> session_;
  Outbox<typename Kind::Command> outbox_;
  std::string who_;
  Timer refusal_;
  Timer ride_;                 // set while something waits to ride along
  bool reads_behind_ = false;  // what is written next
  bool session_leaves_ = false;
  bool flush_posted_ = false;
  bool writing_ = false;
  bool closing_ = false;  // Finish follows when everything is written
  absl::Status why_;      // with closing_
  bool finishing_ = false;
  bool read_ended_ = false;
};

template <class Kind>
Stream<Kind>::Stream(std::unique_ptr<Call> call, Desk& desk)
    : call_(std::move(call)),
      desk_(desk),
      read_tag_([this](bool ok) { OnRead(ok); }),
      write_tag_([this](bool ok) { OnWritten(ok); }) {
  call_->WhenEnding([this] {
    if (call_->caller_gone()) WaitNoLonger();
    LeaveWhenDone();
  });
  reads_ = true;
  Read();
  Begin();
}

template <class Kind>
void Stream<Kind>::Begin() {
  Desk::OpenStream& open_stream = desk_.open_streams[this];
  open_stream.close = [this](const absl::Status& why) { Close(why); };
  if (desk_.closing) return Close(Fail(Reason::kGoingAway, "the hub is going away"));
  const Arrival arrival = Receive(call_->context(), desk_.reception);
  if (!arrival.caller.ok()) return Refuse(arrival);
  who_ = arrival.caller->peer;
  open_stream.token = arrival.caller->pass.token();
  session_ = Kind::Open(desk_.hub, *this, arrival.caller->pass);
}

// Whoever guesses must wait; nothing else does.
template <class Kind>
void Stream<Kind>::Refuse(const Arrival& arrival) {
  closing_ = true;
  why_ = arrival.caller.status();
  refusal_ = desk_.loop.After(arrival.tell_in, [this] { FlushSoon(); });
}

template <class Kind>
void Stream<Kind>::Say(const typename Kind::Command& command) {
  if (closing_) return;
  outbox_.Add(command);
  if (outbox_.overflown()) {
    Close(Fail(Reason::kTooMuch, "this peer does not read what it is told"));
    return call_->context().TryCancel();
  }
  Kind::CanWait(command) ? FlushInTime() : FlushSoon();
  if (outbox_.items() == kWorthAFrame && desk_.behind_frame != nullptr) {
    desk_.behind_frame->push_back([this] { Flush(); });
  }
}

// Nothing may come along: then it goes alone.
template <class Kind>
void Stream<Kind>::FlushInTime() {
  if (flush_posted_ || ride_.set()) return;
  ride_ = desk_.loop.After(kRide, [this] { FlushSoon(); });
}

// Many items said in one turn go in one frame.
template <class Kind>
void Stream<Kind>::FlushSoon() {
  if (std::exchange(flush_posted_, true)) return;
  desk_.loop.Post([this] {
    flush_posted_ = false;
    Flush();
    LeaveWhenDone();
  });
}

template <class Kind>
void Stream<Kind>::Flush() {
  if (writing_ || finishing_) return;
  if (!outbox_.empty()) Write();
  if (std::exchange(reads_behind_, false)) Read();
  if (closing_ && !writing_) Finish();
}

template <class Kind>
void Stream<Kind>::Write() {
  ride_.Cancel();
  const grpc::Slice frame(outbox_.Take());
  writing_ = true;
  call_->Write(Buffer(&frame, 1), write_tag_);
}

template <class Kind>
void Stream<Kind>::OnWritten(bool ok) {
  writing_ = false;
  // The peer is gone: nothing more can be written.
  while (!ok && !outbox_.empty()) outbox_.Take();
  Flush();
  LeaveWhenDone();
}

template <class Kind>
void Stream<Kind>::Close(const absl::Status& why) {
  if (std::exchange(closing_, true)) return;
  why_ = why;
  WaitNoLonger();
  AuditDenial(call_->context(), who_, Kind::InFrame::descriptor()->full_name(), why);
  // Not at once: it may be the session that calls. Until it is gone, others may say something.
  session_leaves_ = true;
  desk_.loop.Post([this, session = std::move(session_)]() mutable {
    session.reset();
    session_leaves_ = false;
    LeaveWhenDone();
  });
  FlushSoon();
}

template <class Kind>
void Stream<Kind>::Finish() {
  finishing_ = true;
  call_->Finish(ToGrpc(why_));
}

template <class Kind>
void Stream<Kind>::LeaveWhenDone() {
  if (call_->over() && read_ended_ && !writing_ && !flush_posted_ && !hears_soon_ &&
      !session_leaves_) {
    delete this;
  }
}

// Serves a method that attaches peers.
template <class Kind>
void ServePeers(Desk& desk, const char* path) {
  desk.methods[path] = [&desk](std::unique_ptr<Call> call) {
    new Stream<Kind>(std::move(call), desk);
  };
}

}  // namespace chathub

#include "hub/rpc/stream_hearing.h"
