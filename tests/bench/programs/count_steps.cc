// Does one thing many times for callgrind, which counts the instructions between Measured's
// brackets: counts.py has the command.
//
// count-steps match|hostile|delivery|durable|refusal|wnet|botcomet|botica TIMES
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hub/core/hub.h"
#include "hub/engine/memory/memory_engine.h"
#include "hub/engine/sqlite/sqlite_engine.h"
#include "hub/gateway/botcomet/comet_dialect.h"
#include "hub/gateway/botica/botica_dialect.h"
#include "hub/gateway/wnet/wnet_dialect.h"
#include "tests/bench/programs/route_workload.h"
#include "tests/support/virtual_loop.h"

// Collection is on while this runs.
extern "C" [[gnu::noinline]] void Measured(const std::function<void(int)>& step, int times) {
  for (int i = 0; i < times; ++i) step(i);
}

namespace chathub {
namespace {

constexpr int kRoutes = 1'000;
constexpr int kTexts = 100;

using Step = std::function<void(int)>;

Step MatchStep(bool hostile) {
  auto texts = hostile ? HostileTexts(kTexts) : TypicalTexts(kTexts, kRoutes);
  auto table =
      RouteTable::Build(CompileSets(hostile ? HostilePatterns(kRoutes) : TypicalPatterns(kRoutes)));
  for (const std::string& text : texts) table->Match({.text = text});  // RE2 learns
  return [table, texts](int i) {
    table->Match({.text = texts[static_cast<std::size_t>(i) % texts.size()]});
  };
}

// An adapter that has done at once what it is told.
class Adapter : public AdapterLink {
 public:
  explicit Adapter(Hub& hub) : session_(hub.OpenAdapter(*this, Pass::Owner())) {
    v1::AdapterItem item;
    item.mutable_hello()->set_name("chat");
    item.mutable_hello()->set_epoch("e");
    item.mutable_hello()->set_incarnation("i");
    session_->Hear(std::move(item));
  }
  void Say(const v1::AdapterCommand& command) override {
    if (!command.has_order()) return;
    done_ = v1::AdapterItem();
    done_.mutable_done()->set_key(command.order().key());
    done_.mutable_done()->add_results()->add_platform_ids(std::string("p"));
  }
  void Close(const absl::Status&) override {}

  void Text(const std::string& text) {
    v1::AdapterItem item;
    item.mutable_event()->set_seq(++seq_);
    v1::Event& event = *item.mutable_event()->mutable_event();
    event.mutable_conversation()->set_room("chat/lobby");
    event.mutable_user()->set_id("chat/alice");
    event.mutable_message()->mutable_content()->set_text(text);
    session_->Hear(std::move(item));
  }
  void Finish() { session_->Hear(std::exchange(done_, {})); }

 private:
  std::unique_ptr<AdapterSession> session_;
  v1::AdapterItem done_;
  std::uint64_t seq_ = 0;
};

// A handler that answers with what it heard.
class Handler : public HandlerLink {
 public:
  explicit Handler(Hub& hub) : session_(hub.OpenHandler(*this, Pass::Owner())) {
    v1::HandlerItem item;
    item.mutable_hello()->set_name("echo");
    v1::Route& route = *item.mutable_hello()->add_routes();
    route.set_id("echo");
    route.mutable_command()->set_word("echo");
    session_->Hear(std::move(item));
  }
  void Say(const v1::HandlerCommand& command) override {
    if (!command.has_delivery()) return;
    answer_ = v1::HandlerItem();
    v1::Finish& finish = *answer_.mutable_finish();
    finish.set_delivery(command.delivery().id());
    finish.set_attempt(command.delivery().attempt());
    finish.add_actions()->mutable_send()->mutable_content()->set_text(command.delivery().text());
    ++deliveries_;
  }
  void Close(const absl::Status&) override {}

  void Finish() { session_->Hear(std::exchange(answer_, {})); }
  int deliveries() const { return deliveries_; }

 private:
  std::unique_ptr<HandlerSession> session_;
  v1::HandlerItem answer_;
  int deliveries_ = 0;
};

using EngineMaker = std::function<std::unique_ptr<Engine>(Loop&)>;

std::unique_ptr<Engine> InMemory(Loop& loop) { return std::make_unique<MemoryEngine>(loop); }

// A store that goes with the program; what is to be done by the disk thread is done at once.
class OnDisk {
 public:
  OnDisk() { mkdtemp(folder_.data()); }
  OnDisk(const OnDisk&) = delete;
  OnDisk& operator=(const OnDisk&) = delete;
  ~OnDisk() { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Engine> operator()(Loop& loop) const {
    return *SqliteEngine::Open({}, loop, {std::filesystem::path(folder_) / sqlite::kStoreFile, ""},
                               std::make_unique<InlineWorkshop>(loop));
  }

 private:
  std::string folder_ = std::filesystem::temp_directory_path() / "count-steps-XXXXXX";
};

// From the event to the order that is done, without any wire.
class Stage {
 public:
  Stage(std::size_t handler_mailbox, const EngineMaker& make)
      : engine_(make(loop_)), hub_(OptionsOf(handler_mailbox), loop_, workshop_, *engine_) {
    loop_.Run();
  }

  void Hear() {
    adapter_.Text("echo " + std::string(100, 'x'));
    loop_.Run();
  }

  void Deliver() {
    Hear();
    handler_.Finish();
    loop_.Run();
    adapter_.Finish();
    loop_.Run();
  }
  int deliveries() const { return handler_.deliveries(); }
  std::uint64_t dead_letters() const { return hub_.counters().dead_letters; }

 private:
  static Hub::Options OptionsOf(std::size_t handler_mailbox) {
    Hub::Options options;
    options.handler_mailbox = handler_mailbox;
    options.selected_adapter = "chat";
    options.adapters = {{.name = "chat"}};
    return options;
  }

  VirtualLoop loop_;
  InlineWorkshop workshop_{loop_};
  std::unique_ptr<Engine> engine_;
  Hub hub_;
  Adapter adapter_{hub_};
  Handler handler_{hub_};
};

Step DeliveryStep(const EngineMaker& make) {
  auto stage = std::make_shared<Stage>(10'000, make);
  for (int i = 0; i < kTexts; ++i) stage->Deliver();
  if (stage->deliveries() != kTexts) {
    std::fprintf(stderr, "nothing is delivered\n");
    std::exit(1);
  }
  return [stage](int) { stage->Deliver(); };
}

// Likewise with the engine that keeps everything: what ends at once should cost hardly more.
Step DurableStep() {
  const auto disk = std::make_shared<OnDisk>();
  const Step step = DeliveryStep(std::cref(*disk));
  return [disk, step](int i) { step(i); };
}

// Behind a first message that the handler never answers, each is one too many.
Step RefusalStep() {
  auto stage = std::make_shared<Stage>(1, InMemory);
  // From here on each dead letter pushes out another.
  for (std::size_t i = 0; i <= DeadLetters::kMost; ++i) stage->Hear();
  if (stage->dead_letters() != DeadLetters::kMost) {
    std::fprintf(stderr, "not everything is refused\n");
    std::exit(1);
  }
  return [stage](int) { stage->Hear(); };
}

Step FrameStep(std::shared_ptr<Dialect> dialect, std::string frame) {
  if (dialect->Hear(frame).to_hub.empty()) {
    std::fprintf(stderr, "the frame means nothing: %s\n", frame.c_str());
    std::exit(1);
  }
  return [dialect, frame](int) { dialect->Hear(frame); };
}

std::shared_ptr<Dialect> ReadyBot() {
  auto bot = std::make_shared<botica::BoticaDialect>("forecast", BotStatus::kStopped);
  bot->Begin();
  bot->Hear(R"({"type":"ready"})");
  return bot;
}

Step StepOf(const std::string& name) {
  if (name == "match" || name == "hostile") return MatchStep(name == "hostile");
  if (name == "delivery") return DeliveryStep(InMemory);
  if (name == "durable") return DurableStep();
  if (name == "refusal") return RefusalStep();
  if (name == "wnet") {
    return FrameStep(std::make_shared<wnet::WnetDialect>(), "cssend@echo@how are you today");
  }
  if (name == "botcomet") {
    return FrameStep(
        std::make_shared<botcomet::CometDialect>(),
        R"({"type":"adapter_event","src":"c0ffee","dst":0,"context":"ADAPTER","data":)"
        R"({"event":"message_create","data":{"id":"m1","content":"how are you today"}}})");
  }
  if (name == "botica") {
    return FrameStep(
        ReadyBot(),
        R"({"type":"order","key":"k1","action":"message","payload":"how are you today"})");
  }
  return nullptr;
}

}  // namespace
}  // namespace chathub

int main(int count, char** words) {
  const auto step = count == 3 ? chathub::StepOf(words[1]) : nullptr;
  if (step == nullptr) {
    std::fprintf(stderr, "see the top of count_steps.cc\n");
    return 2;
  }
  Measured(step, std::stoi(words[2]));
}
