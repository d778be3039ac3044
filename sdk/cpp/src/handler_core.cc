#include "handler_core.h"

#include <exception>
#include <utility>

#include "message_state.h"
#include "names.h"
#include "say_key.h"
#include "stop_signals.h"

namespace chathub::sdk {
namespace {

v1::HandlerHello HelloOf(const std::string& name, const HandlerOptions& options) {
  v1::HandlerHello hello;
  hello.set_name(name);
  hello.set_revision(options.revision);
  hello.set_maximum_in_flight(options.maximum_in_flight);
  return hello;
}

}  // namespace

HandlerCore::HandlerCore(const std::string& name, HandlerOptions options)
    : options_(std::move(options)),
      log_("handler/" + name, options_.log),
      calls_(options_.hub, "handler/" + name),
      session_(
          HelloOf(name, options_), [this](const auto& route) { return IsFree(route); }, log_),
      lifeline_(session_, options_.hub, log_, [this] { HandOut(); }),
      workers_(lifeline_) {
  if (!IsPeerName(name)) mistake_ = "\"" + name + "\" is no name for a handler";
}

void HandlerCore::AddRoute(v1::Route route, Handler::Function function, Concurrency concurrency) {
  const auto [place, added] = functions_.try_emplace(route.id());
  if (!added && !mistake_) mistake_ = "two routes are called \"" + route.id() + "\"";
  place->second = {std::move(function), concurrency};
  *session_.hello().add_routes() = std::move(route);
}

bool HandlerCore::IsFree(const std::string& route) const {
  const auto found = functions_.find(route);
  return found != functions_.end() && found->second.concurrency == Concurrency::kFree;
}

int HandlerCore::Run() {
  if (mistake_) {
    log_.Line(*mistake_);
    return 2;
  }
  std::optional<StopSignals> signals;
  if (options_.handle_signals) signals.emplace(lifeline_.stop_flag(), lifeline_.doorbell());
  return Attend();
}

int HandlerCore::Attend() {
  workers_.Start(options_.threads);
  const int status = lifeline_.Run();
  lifeline_.Enter([](HandlerSession& session, auto) { session.DropAll("this handler ends"); });
  if (!workers_.Close(kLastPatience)) log_.Line("left behind a function that does not return");
  return status;
}

void HandlerCore::HandOut() {
  for (std::shared_ptr<Job>& job : session_.TakeJobs()) {
    workers_.Post([self = shared_from_this(), job = std::move(job)] { self->RunFunction(*job); });
  }
  for (std::shared_ptr<const v1::Posted>& posted : session_.TakePosted()) {
    if (!on_posted_) continue;
    workers_.Post(
        [self = shared_from_this(), posted = std::move(posted)] { self->TellPosted(*posted); });
  }
}

void HandlerCore::RunFunction(Job& job) {
  Answer answer;
  if (!job.cancelled) Call(job, answer);
  lifeline_.Note([&](HandlerSession& session, auto) { session.Returned(job, answer); });
}

void HandlerCore::Call(const Job& job, Answer& answer) {
  const auto target = functions_.find(job.delivery->route());
  if (target == functions_.end()) {
    answer.nack = "this instance has no route \"" + job.delivery->route() + "\"";
    return;
  }
  const auto say = [this, &job](std::string key, v1::Action action) {
    lifeline_.Enter([&](HandlerSession& session, auto) {
      session.Say(job, std::move(key), std::move(action));
    });
  };
  Message message(std::make_unique<MessageState>(job, answer, say));
  try {
    target->second.function(message);
  } catch (const std::exception& error) {
    answer.nack = std::string("the function threw: ") + error.what();
  } catch (...) {
    answer.nack = "the function threw what is no std::exception";
  }
}

void HandlerCore::TellPosted(const v1::Posted& wire) {
  const auto& ids = wire.result().platform_ids();
  Posted posted{.message = {.key = OrderKey(wire.key()), .index = wire.index()},
                .platform_ids = {ids.begin(), ids.end()},
                .problem = {}};
  if (!ids.empty()) posted.message.platform_id = ids.Get(0);
  if (wire.result().has_problem()) {
    posted.problem = wire.result().problem().detail();
    if (posted.problem.empty()) posted.problem = "not posted";
  }
  try {
    on_posted_(posted);
  } catch (const std::exception& error) {
    log_.Line(std::string("the function for Posted threw: ") + error.what());
  }
}

}  // namespace chathub::sdk
