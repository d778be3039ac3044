// Keeps a session attached to the hub: finds the hub, opens stream after stream, ticks, stops.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "backoff.h"
#include "chathub/hub_address.h"
#include "doorbell.h"
#include "frame_stream.h"
#include "log.h"
#include "outgoing.h"
#include "random.h"
#include "verdict.h"
#include "worker_pool.h"

namespace chathub::sdk {

// A Session is the talk itself, without threads, sockets or clock. It has the types Service and
// Reply and the methods
//   Opened(now)  Hear(reply, now)  Closed(now)     what happened to the stream; `reply` is shared
//   Take(now)                                      the frame to be said now; empty: nothing
//   Tick(now)  NextWake()                          time
//   Leave()                                        the end on purpose, until the hub ends the
//                                                  stream
//   attached()  Greeting()                         whether, and as what, the hub has greeted it
//
// Any thread may Enter; one thread Runs, and the threads of a WorkerPool Read what comes. All of
// the session happens under one lock.
template <typename Session>
class Lifeline final : public WorkSource {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Stream = FrameStream<typename Session::Service, typename Session::Reply>;

  // How long a stop may take.
  static constexpr std::chrono::seconds kPatience{9};
  static constexpr std::chrono::seconds kAWhile{1};

  // `settle` does under the lock what follows from a change of the session. All must outlive it.
  Lifeline(Session& session, HubOptions hub, const Log& log, std::function<void()> settle)
      : hub_(std::move(hub)), session_(session), log_(log), settle_(std::move(settle)) {}

  // Runs `what(session, now)` under the lock and says what it caused.
  template <typename What>
  auto Enter(What what) {
    std::lock_guard lock(mutex_);
    if constexpr (std::is_void_v<std::invoke_result_t<What, Session&, Time>>) {
      what(session_, Now());
      Settle();
    } else {
      auto result = what(session_, Now());
      Settle();
      return result;
    }
  }

  // As Enter, but what is to be said waits until there is a frame full of it, and for Speak at the
  // latest: for those who enter many times in a row.
  template <typename What>
  auto Note(What what) {
    std::lock_guard lock(mutex_);
    if constexpr (std::is_void_v<std::invoke_result_t<What, Session&, Time>>) {
      what(session_, Now());
      Remember();
    } else {
      auto result = what(session_, Now());
      Remember();
      return result;
    }
  }

  void Speak() override {
    std::lock_guard lock(mutex_);
    Pump();
  }

  bool Read() override {
    ReadOn();
    void* tag = nullptr;
    bool ok = false;
    if (!queue_.Next(&tag, &ok)) return false;
    std::lock_guard lock(mutex_);
    Proceed(stream_->Proceed(tag, ok));
    return true;
  }

  void EndReading() override { queue_.Shutdown(); }

  // Until stopped (0), refused by the hub (1) or set up wrongly (2); the log has the reason.
  int Run() {
    Backoff backoff;
    while (!stop_) {
      const FoundHub found = FindHub(hub_);
      if (found.outcome == FoundHub::Outcome::kMisconfigured) {
        log_.Line(found.problem);
        return 2;
      }
      if (!found) {
        SayOnce(found.problem + "; waiting for it");
      } else if (const auto verdict = TalkOver(found.address); verdict) {
        return *verdict;
      }
      if (HeldForAWhile()) backoff.Reset();
      Sleep(backoff.Next(RandomFraction()));
    }
    return 0;
  }

  // Ends Run; any thread.
  void Stop() {
    stop_ = true;
    doorbell_.Ring();
  }

  // For a signal handler, which cannot call Stop.
  std::atomic<bool>& stop_flag() { return stop_; }
  Doorbell& doorbell() { return doorbell_; }

 private:
  void ReadOn() {
    std::lock_guard lock(mutex_);
    if (stream_ != nullptr) stream_->ReadOn();
  }

  static Time Now() { return std::chrono::steady_clock::now(); }

  // From the first word to the last on one stream. What Run is to return, unless it goes on.
  std::optional<int> TalkOver(const HubAddress& address) {
    const auto stream = std::make_unique<Stream>(address, queue_);
    Open(*stream);
    std::optional<Time> patience_ends;
    while (true) {
      WaitForWork(patience_ends);
      std::lock_guard lock(mutex_);
      if (ended_) break;
      if (stop_ && !patience_ends) patience_ends = BeginToLeave();
      if (patience_ends && Now() >= *patience_ends) stream->Cancel();
      session_.Tick(Now());
      Settle();
    }
    std::lock_guard lock(mutex_);
    stream_ = nullptr;
    session_.Closed(Now());
    settle_();
    if (stop_) return 0;
    return Judge(address, *ended_);
  }

  void Open(Stream& stream) {
    std::lock_guard lock(mutex_);
    ended_ = std::nullopt;
    stream_ = &stream;
    stream.Start();
    session_.Opened(Now());
    Settle();
  }

  Time BeginToLeave() {
    // A hub that has not greeted us holds nothing of ours.
    if (!session_.attached()) stream_->Cancel();
    session_.Leave();
    return Now() + kPatience;
  }

  std::optional<int> Judge(const HubAddress& address, const grpc::Status& status) {
    if (IsFinal(status)) {
      log_.Line("refused by the hub: " + Explain(status));
      return 1;
    }
    if (was_attached_) {
      log_.Line("lost the hub (" + Explain(status) + "); trying again");
    } else if (ProblemOf(status)) {
      SayOnce("the hub does not take us now (" + Explain(status) + "); trying again");
    } else {
      SayOnce("no hub at " + address.target + " (" + Explain(status) + "); waiting for it");
    }
    return std::nullopt;
  }

  // A hub that greets and breaks at once, again and again, is not to be run against.
  bool HeldForAWhile() {
    std::lock_guard lock(mutex_);
    return std::exchange(was_attached_, false) && Now() - attached_at_ >= kAWhile;
  }

  void SayOnce(const std::string& text) {
    if (!said_waiting_.exchange(true)) log_.Line(text);
  }

  // Without a stream there is nothing to do but wait.
  void Sleep(std::chrono::milliseconds time) {
    const Time until = Now() + time;
    while (!stop_ && Now() < until) doorbell_.Wait(until);
  }

  void WaitForWork(std::optional<Time> until) {
    {
      std::lock_guard lock(mutex_);
      const auto wake = session_.NextWake();
      if (wake && (!until || *wake < *until)) until = wake;
      armed_ = until;
    }
    doorbell_.Wait(until);
  }

  // Under the lock, after every change of the session.
  void Settle() {
    settle_();
    Greet();
    Pump();
    SetAlarm();
  }

  void Remember() {
    settle_();
    if (++noted_ >= kFrameItems) Pump();
    SetAlarm();
  }

  void SetAlarm() {
    const auto wake = session_.NextWake();
    if (wake && (!armed_ || *wake < *armed_)) {
      armed_ = wake;
      doorbell_.Ring();
    }
  }

  void Greet() {
    if (was_attached_ || !session_.attached()) return;
    was_attached_ = true;
    attached_at_ = Now();
    said_waiting_ = false;
    log_.Line(session_.Greeting());
  }

  void Pump() {
    noted_ = 0;
    if (stream_ == nullptr || !stream_->CanWrite()) return;
    const OutgoingFrame frame = session_.Take(Now());
    if (!frame.empty()) stream_->Write(frame.bytes());
  }

  void Proceed(typename Stream::News news) {
    switch (news) {
      case Stream::News::kNothing:
        return;
      case Stream::News::kFrame:
        session_.Hear(stream_->TakeFrame(), Now());
        return Settle();
      case Stream::News::kWritable:
        return Settle();
      case Stream::News::kEnded:
        // Ringing under the lock: afterwards the other thread may destroy the stream.
        ended_ = stream_->status();
        doorbell_.Ring();
    }
  }

  const HubOptions hub_;
  Session& session_;
  const Log& log_;
  const std::function<void()> settle_;

  std::atomic<bool> stop_ = false;
  Doorbell doorbell_;
  std::atomic<bool> said_waiting_ = false;

  // Of all streams, one after the other.
  grpc::CompletionQueue queue_;

  std::mutex mutex_;  // guards the session and everything below
  Stream* stream_ = nullptr;
  std::optional<grpc::Status> ended_;
  std::optional<Time> armed_;
  int noted_ = 0;  // since the last time that we spoke
  bool was_attached_ = false;
  Time attached_at_;
};

}  // namespace chathub::sdk
