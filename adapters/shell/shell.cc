#include "adapters/shell/shell.h"

#include <chrono>
#include <utility>

#include "adapters/shell/rendering.h"

namespace chathub::shell {
namespace {

// Distinguishes this process's message ids from those of earlier ones.
std::string LifeNow() {
  return std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
}

Talk TalkOf(const Options& options) {
  // Whoever says to be somebody else is vouched for by nobody.
  const bool himself = options.user.empty();
  Talk talk(options.name, himself ? LoginName() : options.user, himself, LifeNow());
  talk.EnterRoom(options.room);
  return talk;
}

}  // namespace

AdapterOptions AdapterOptionsOf(const Options& options) {
  AdapterOptions adapter;
  adapter.hub = options.hub;
  adapter.service = "terminal";
  adapter.capabilities.set_edit(true);
  adapter.capabilities.set_react(true);
  adapter.capabilities.set_delete_(true);
  adapter.own_user_id = options.name + "/hub";
  adapter.mention_names = options.mention_names;
  return adapter;
}

Shell::Shell(const Options& options, AdapterOptions adapter_options, Show show)
    : show_(std::move(show)),
      talk_(TalkOf(options)),
      adapter_(options.name, std::move(adapter_options)) {
  adapter_.OnOrder([this](const v1::Order& order, OrderResult& result) { Do(order, result); });
}

std::string Shell::Say(std::string_view line) {
  v1::Event event;
  {
    std::lock_guard lock(mutex_);
    event = talk_.EventOf(line);
  }
  const auto seq = adapter_.Emit(std::move(event));
  return seq.ok() ? std::string() : seq.problem().detail;
}

void Shell::EnterRoom(const std::string& room) {
  std::lock_guard lock(mutex_);
  talk_.EnterRoom(room);
}

std::string Shell::room() {
  std::lock_guard lock(mutex_);
  return talk_.room();
}

void Shell::Do(const v1::Order& order, OrderResult& result) {
  for (const v1::Action& action : order.actions()) {
    const auto text = TextOf(action);
    std::string where;
    std::string id;
    {
      std::lock_guard lock(mutex_);
      where = talk_.WhereFrom(order.conversation());
      id = talk_.NextId();
    }
    if (text && !show_(where, *text)) {
      result.Fail(v1::REASON_GOING_AWAY, "nobody reads the terminal any more");
      return;
    }
    action.has_send() ? result.Done({id}) : result.Done();
  }
}

}  // namespace chathub::shell
