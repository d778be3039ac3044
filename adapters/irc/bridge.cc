#include "adapters/irc/bridge.h"

#include <chrono>
#include <cstdio>
#include <ctime>
#include <random>
#include <utility>

#include "adapters/irc/text.h"
#include "chathub/v1/adapters.pb.h"

namespace chathub::irc {
namespace {

using Clock = std::chrono::system_clock;

// In one item, which holds 256 KiB.
constexpr int kMostUsers = 500;

// Any thread.
void Log(std::string_view line) {
  const auto now = Clock::now();
  const std::time_t seconds = Clock::to_time_t(now);
  const auto millis = now.time_since_epoch() / std::chrono::milliseconds(1) % 1000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char time[40];
  const auto length = std::strftime(time, sizeof time, "%Y-%m-%dT%H:%M:%S", &utc);
  std::snprintf(time + length, sizeof time - length, ".%03dZ ", static_cast<int>(millis));
  const std::string text = std::string(time).append(line).append("\n");
  std::fwrite(text.data(), 1, text.size(), stderr);
}

// Until the server has greeted us.
std::string OwnIdOf(const Settings& settings) {
  return settings.adapter + "/" + Features().Fold(settings.nick);
}

AdapterOptions OptionsOf(const Options& options) {
  AdapterOptions adapter;
  adapter.log = Log;
  adapter.hub = options.hub;
  adapter.service = "IRC";
  adapter.capabilities.set_join(true);
  adapter.capabilities.set_topic(true);
  adapter.own_user_id = OwnIdOf(options.settings);
  adapter.mention_names = {options.settings.nick};
  return adapter;
}

std::function<double()> Chance() {
  return [random = std::mt19937(std::random_device()())]() mutable {
    return std::uniform_real_distribution<double>(0, 1)(random);
  };
}

google::protobuf::Timestamp ToProto(Clock::time_point time) {
  const auto millis =
      std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
  google::protobuf::Timestamp stamp;
  stamp.set_seconds(millis / 1000);
  stamp.set_nanos(static_cast<int>(millis % 1000) * 1'000'000);
  return stamp;
}

Clock::time_point FromProto(const google::protobuf::Timestamp& stamp) {
  return Clock::time_point(std::chrono::seconds(stamp.seconds()) +
                           std::chrono::milliseconds(stamp.nanos() / 1'000'000));
}

}  // namespace

Bridge::Bridge(const Options& options)
    : options_(options),
      talk_(options.settings, Chance()),
      told_names_(OwnIdOf(options.settings), options.settings.nick),
      adapter_(options.settings.adapter, OptionsOf(options)) {
  adapter_.OnOrder([this](const v1::Order& order, OrderResult& result) { Do(order, result); });
  adapter_.OnAttached([this](const v1::AdapterHelloOk& ok) {
    connection_.Post(
        [this, rooms = std::vector<std::string>(ok.rooms().begin(), ok.rooms().end())] {
          talk_.ComeBackTo(rooms, connection_.Now());
          talk_.TellAll();
          Carry();
        });
  });
}

int Bridge::Run() {
  if (const auto why = connection_.SetUp(options_.server)) {
    Say(*why);
    return 2;
  }
  std::thread irc([this] { connection_.Run(Listen()); });
  connection_.Post([this] {
    talk_.Start(connection_.Now());
    Carry();
  });
  const int status = adapter_.Run();
  {
    // The SDK leaves behind a function that takes too long; nothing of ours may go before it.
    std::unique_lock lock(mutex_);
    ended_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return !busy_; });
  }
  connection_.Post([this] {
    talk_.Leave(connection_.Now());
    Carry();
    connection_.Stop();
  });
  irc.join();
  return status;
}

Connection::Listener Bridge::Listen() {
  const auto step = [this](auto what) {
    what(connection_.Now());
    Carry();
  };
  return {[=, this] { step([this](Moment now) { talk_.Connected(now); }); },
          [=, this](std::string_view line) {
            step([this, line](Moment now) { talk_.Hear(line, now); });
          },
          [=, this](std::size_t lines) {
            step([this, lines](Moment now) { talk_.Written(lines, now); });
          },
          [=, this](const std::string& why) {
            step([this, &why](Moment now) { talk_.Disconnected(why, now); });
          },
          [=, this] { step([this](Moment now) { talk_.Tick(now); }); }};
}

void Bridge::Say(const std::string& text) const {
  Log("adapter/" + options_.settings.adapter + ": " + OneLine(text));
}

void Bridge::Carry() {
  Outcome outcome = talk_.Take();
  for (const std::string& line : outcome.log) Say(line);
  if (outcome.hang_up) connection_.Close();
  if (outcome.connect) connection_.Connect();
  connection_.Write(outcome.lines);
  if (outcome.nick) Rename(*outcome.nick);
  Tell(outcome);
  for (Happening& happening : outcome.happenings) Emit(std::move(happening));
  if (outcome.done) {
    std::lock_guard lock(mutex_);
    done_ = std::move(outcome.done);
    changed_.notify_all();
  }
  connection_.WakeAt(talk_.NextWake());
}

// The hub is not told again what it knows already.
void Bridge::Rename(const std::string& nick) {
  const auto names = std::pair(talk_.OwnId(), nick);
  if (std::exchange(told_names_, names) != names) adapter_.Rename(names.first, {names.second});
}

void Bridge::Tell(const Outcome& outcome) {
  if (!outcome.rooms.empty()) {
    v1::RoomsChanged rooms;
    for (const v1::Room& room : outcome.rooms) *rooms.add_rooms() = room;
    adapter_.Tell(std::move(rooms));
  }
  v1::UsersChanged users;
  for (const v1::User& user : outcome.users) {
    *users.add_users() = user;
    if (users.users_size() == kMostUsers) adapter_.Tell(std::exchange(users, {}));
  }
  if (users.users_size() > 0) adapter_.Tell(std::move(users));
}

void Bridge::Emit(Happening happening) {
  const auto now = Clock::now();
  const auto at = happening.at.value_or(now);
  *happening.event.mutable_sent_at() = ToProto(at);
  EventOrigin origin;
  origin.service_event_id = happening.id;
  // Clocks differ: what is from the future is from now.
  origin.age = std::chrono::duration_cast<std::chrono::milliseconds>(now - std::min(at, now));
  const auto seq = adapter_.Emit(std::move(happening.event), origin);
  if (!seq.ok()) Say("an event is not told: " + seq.problem().detail);
}

void Bridge::Do(const v1::Order& order, OrderResult& result) {
  const auto results = Await(order);
  if (!results) return result.Fail(v1::REASON_GOING_AWAY, "the adapter ends");
  for (const v1::ActionResult& action : *results) {
    if (action.has_problem()) {
      return result.Fail(action.problem().reason(), action.problem().detail());
    }
    result.Done({action.platform_ids().begin(), action.platform_ids().end()});
  }
}

void Bridge::Post(const v1::Order& order) {
  connection_.Post([this, order] {
    std::optional<Moment> deadline;
    const Moment now = connection_.Now();
    if (order.has_expires_at()) {
      const auto left = FromProto(order.expires_at()) - Clock::now();
      deadline = now + std::chrono::duration_cast<Moment>(left);
    }
    talk_.Do(order, deadline, now);
    Carry();
  });
}

std::optional<std::vector<v1::ActionResult>> Bridge::Await(const v1::Order& order) {
  std::unique_lock lock(mutex_);
  if (ended_) return std::nullopt;
  busy_ = true;
  Post(order);
  changed_.wait(lock, [this] { return done_.has_value() || ended_; });
  busy_ = false;
  changed_.notify_all();
  return std::exchange(done_, std::nullopt);
}

}  // namespace chathub::irc
