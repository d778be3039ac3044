// A handler's talk with the hub: what is held, what may run, what is to be said.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "answer.h"
#include "chathub/v1/handlers.grpc.pb.h"
#include "incoming.h"
#include "job_queue.h"
#include "log.h"
#include "outgoing.h"

namespace chathub::sdk {

// Without threads, sockets or clock; lives under the lock of its Lifeline, which is its only user
// besides HandlerCore.
class HandlerSession {
 public:
  using Service = v1::Handlers;
  using Reply = v1::HandlersAttachResponse;
  using Time = std::chrono::steady_clock::time_point;

  // How long after a break the hub still knows this instance by its token.
  static constexpr std::chrono::milliseconds kReturnWithin{1000};
  // How often a function runs again because a value that it had read was changed meanwhile.
  static constexpr int kReruns = 5;

  // `hello` has name, revision and maximum_in_flight. `is_free` tells which routes may run
  // several deliveries of one conversation at the same time. `log` must outlive us.
  HandlerSession(v1::HandlerHello hello, std::function<bool(const std::string& route)> is_free,
                 const Log& log);

  // To be completed before the first Opened, and left alone afterwards.
  v1::HandlerHello& hello() { return hello_; }

  void Opened(Time now);
  void Hear(const std::shared_ptr<Reply>& reply, Time now);
  void Closed(Time now);
  OutgoingFrame Take(Time) { return outgoing_.Take(); }
  void Tick(Time now);
  std::optional<Time> NextWake() const;
  // The hub gives nothing new, and ends the stream when nothing is held any more. Until then all
  // that comes is served: it was on its way.
  void Leave();
  bool attached() const { return attached_; }
  std::string Greeting() const;

  // The function of this job has ended.
  void Returned(Job& job, Answer& answer);
  // Progress of a running job. Nothing happens if it was cancelled meanwhile.
  void Say(const Job& job, std::string key, v1::Action action);

  // Forgets all that is held; functions that still run are told.
  void DropAll(const char* why);

  // What workers are to do next; each is given out once.
  std::vector<std::shared_ptr<Job>> TakeJobs() { return jobs_.TakeReady(); }
  std::vector<std::shared_ptr<const v1::Posted>> TakePosted() { return std::exchange(posted_, {}); }

 private:
  struct Held {
    std::shared_ptr<Job> job;
    int reruns = 0;
    // Set once the function has returned: an item, said and not answered, or to be said.
    std::string finish;
    // What it stored is to be there before the next of its conversation begins.
    bool holds_lane = false;
    // After a refusal.
    std::optional<Time> say_again_at;
    // Said while there was no stream.
    std::vector<v1::HandlerItem> unsaid;
  };
  void HearHelloOk(const v1::HandlerHelloOk& ok, Time now);
  void HearDelivery(std::shared_ptr<const v1::Delivery> delivery, Time now);
  void HearFinishResult(const v1::FinishResult& result, Time now);
  void HearCancel(const v1::Cancel& cancel);

  void Queue(Held& held, std::shared_ptr<const v1::Delivery> delivery, JobQueue::Turn turn,
             Time since);
  // As they came: answers of one conversation are said in its order, again too.
  std::vector<Held*> InOrder();
  // The delivery of this job, if the job still counts.
  Held* HeldFor(const Job& job);
  // The next of its conversation may begin, if it waited for this one's answer.
  void LetNextBegin(Held& held);
  void RunAgain(Held& held, const v1::StoreConflict& conflict);
  // False if it had to be given up, which is the end of `held`.
  bool Finish(Held& held, Answer& answer);
  void GiveUp(const std::string& delivery, std::string why, std::chrono::milliseconds retry_after);
  void SayFinish(const Held& held);
  // Goes to those who held it when they were said; the stream is gone.
  void KeepUnsaid();
  void SayAgain(Held& held, Time at);
  void Renew(Time now);
  // Forgets it; a function that still runs is told.
  void Drop(std::string_view delivery);

  v1::HandlerHello hello_;
  const std::function<bool(const std::string&)> is_free_;
  const Log& log_;

  // Of the stream.
  bool attached_ = false;
  bool draining_ = false;
  bool leaving_ = false;
  Outgoing outgoing_;
  std::optional<Time> renew_at_;
  std::optional<Time> say_again_at_;  // the earliest of all held
  // Of the instance.
  v1::HandlerHelloOk greeting_;
  std::optional<Time> broken_at_;
  std::chrono::milliseconds lease_{10'000};

  std::unordered_map<std::string_view, Held> held_;  // by the delivery's id, as its job has it
  JobQueue jobs_;
  std::vector<std::shared_ptr<const v1::Posted>> posted_;
};

}  // namespace chathub::sdk
