// What stands behind a Handler: its routes, its session, the threads that run its functions.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "chathub/handler.h"
#include "handler_session.h"
#include "lifeline.h"
#include "log.h"
#include "unary_calls.h"
#include "worker_pool.h"

namespace chathub::sdk {

// Owned by its Handler, and by functions that Run had to leave behind.
class HandlerCore : public std::enable_shared_from_this<HandlerCore> {
 public:
  HandlerCore(const std::string& name, HandlerOptions options);

  // `route` has its trigger. Before Run only.
  void AddRoute(v1::Route route, Handler::Function function, Concurrency concurrency);
  int route_count() { return session_.hello().routes_size(); }
  void set_on_posted(std::function<void(const Posted&)> function) {
    on_posted_ = std::move(function);
  }

  int Run();
  void Stop() { lifeline_.Stop(); }
  UnaryCalls& calls() { return calls_; }

 private:
  struct Target {
    Handler::Function function;
    Concurrency concurrency = Concurrency::kOnePerConversation;
  };

  // How long after the end of the talk a function may take to notice it.
  static constexpr std::chrono::seconds kLastPatience{1};

  int Attend();
  bool IsFree(const std::string& route) const;
  // Under the lifeline's lock: what the session wants done goes to the workers.
  void HandOut();
  // On a worker.
  void RunFunction(Job& job);
  void Call(const Job& job, Answer& answer);
  void TellPosted(const v1::Posted& wire);

  const HandlerOptions options_;
  const Log log_;
  UnaryCalls calls_;
  std::unordered_map<std::string, Target> functions_;  // by route
  std::function<void(const Posted&)> on_posted_;
  std::optional<std::string> mistake_;

  HandlerSession session_;
  Lifeline<HandlerSession> lifeline_;
  WorkerPool workers_;
};

}  // namespace chathub::sdk
