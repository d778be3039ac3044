// How fast the SQLite engine is, beside a bare SQLite loop on the same disk.
//
// engine_bench puts FOLDER            puts/s, one by one and grouped, and what elision saves
// engine_bench turns FOLDER           {"bare": puts/s, "single": puts/s}: SQLite and the engine put
//                                     one each in turn, because a disk changes its pace by the
//                                     second
// engine_bench grouped FOLDER         {"rate": puts/s}: the engine, grouped
// engine_bench fill FOLDER N entries  N entries in 100 mailboxes, then killed
// engine_bench fill FOLDER N values   N stored values, then killed
// engine_bench start FOLDER           how long an engine takes to open what is there
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include "hub/base/hub_loop.h"
#include "hub/engine/open.h"

namespace chathub {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kSingle = 500;
constexpr int kGrouped = 100'000;
constexpr int kGroup = 1'000;
constexpr int kBytes = 250;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void Tell(const char* what, double rate) { std::printf("%-46s %9.0f /s\n", what, rate); }

// --- SQLite alone

void Check(int code) {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
  std::fprintf(stderr, "%s\n", sqlite3_errstr(code));
  std::exit(1);
}

// A table of entries and nothing else, its log synced as the engine's.
class BareTable {
 public:
  explicit BareTable(const fs::path& file) {
    fs::remove(file);
    Check(sqlite3_open(file.c_str(), &connection_));
    Run("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "CREATE TABLE t (place INTEGER PRIMARY KEY, envelope BLOB)");
    Check(sqlite3_prepare_v2(connection_, "INSERT INTO t VALUES (?, ?)", -1, &insert_, nullptr));
  }
  ~BareTable() {
    sqlite3_finalize(insert_);
    sqlite3_close(connection_);
  }

  void Run(const char* sql) { Check(sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr)); }
  void Put(int number) {
    sqlite3_bind_int(insert_, 1, number);
    sqlite3_bind_blob(insert_, 2, bytes_.data(), kBytes, SQLITE_STATIC);
    Check(sqlite3_step(insert_));
    sqlite3_reset(insert_);
  }

 private:
  const std::string bytes_ = std::string(kBytes, 'x');
  sqlite3* connection_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

// Puts a second.
double Bare(const fs::path& file, int count, int group) {
  BareTable table(file);
  const auto start = Clock::now();
  for (int i = 0; i < count; ++i) {
    if (i % group == 0) table.Run("BEGIN");
    table.Put(i);
    if (i % group == group - 1) table.Run("COMMIT");
  }
  return count / SecondsSince(start);
}

// --- the engine

EntryPtr Make(const std::string& mailbox, int number) {
  auto entry = std::make_shared<Entry>();
  entry->envelope.set_id(std::to_string(number));
  entry->envelope.set_to(mailbox);
  entry->envelope.mutable_delivery()->set_text(std::string(kBytes, 'x'));
  return entry;
}

// An engine on a hub thread of its own.
class Bench {
 public:
  explicit Bench(const fs::path& folder, const std::string& kind = "sqlite") {
    auto engine = OpenEngine({.kind = kind, .folder = folder}, loop_);
    if (!engine.ok()) {
      std::fprintf(stderr, "%s\n", std::string(engine.status().message()).c_str());
      std::exit(1);
    }
    engine_ = *std::move(engine);
    thread_ = std::thread([this] { loop_.Run(); });
  }
  ~Bench() {
    loop_.Stop();
    thread_.join();
  }

  HubLoop& loop() { return loop_; }
  // For the hub thread.
  Engine& engine() { return *engine_; }

  void OnHubThread(const std::function<void(Engine&)>& work) {
    std::promise<void> done;
    loop_.Post([&] {
      work(*engine_);
      done.set_value();
    });
    done.get_future().wait();
  }
  // The work gets a duty; returns when its last holder has let go of it.
  void UntilKept(const std::function<void(Engine&, Duty)>& work) {
    std::promise<void> kept;
    loop_.Post([&] {
      work(*engine_, Duty(&kept, [](const void* promise) {
        static_cast<std::promise<void>*>(const_cast<void*>(promise))->set_value();
      }));
    });
    kept.get_future().wait();
  }

 private:
  HubLoop loop_;
  std::unique_ptr<Engine> engine_;
  std::thread thread_;
};

void Put(Engine& engine, EntryPtr entry, Duty unkept) {
  entry->unkept = std::move(unkept);
  Step step;
  step.put.push_back(std::move(entry));
  (void)engine.Apply(std::move(step));
}

// Puts entries one after the other, each when the one before lies on the disk, and one into a bare
// table between any two, unless that is null. Hub thread.
class OneByOne {
 public:
  OneByOne(Bench& bench, BareTable* bare) : bench_(bench), bare_(bare) {
    bench_.loop().Post([this] { PutNext(); });
    done_.get_future().wait();
  }

  double rate() const { return kSingle / seconds_; }
  double bare_rate() const { return kSingle / bare_seconds_; }

 private:
  void PutNext() {
    if (count_ == kSingle) return done_.set_value();
    PutBare();
    start_ = Clock::now();
    Step step;
    step.put.push_back(Make("handler/single", count_++));
    step.unkept = Duty(this, [](const void* self) {
      auto* all = static_cast<OneByOne*>(const_cast<void*>(self));
      all->bench_.loop().Post([all] { all->Kept(); });
    });
    (void)bench_.engine().Apply(std::move(step));
  }
  void PutBare() {
    if (bare_ == nullptr) return;
    const auto start = Clock::now();
    bare_->Put(count_);
    bare_seconds_ += SecondsSince(start);
  }
  void Kept() {
    seconds_ += SecondsSince(start_);
    PutNext();
  }

  Bench& bench_;
  BareTable* const bare_;
  std::promise<void> done_;
  int count_ = 0;
  Clock::time_point start_;
  double seconds_ = 0;
  double bare_seconds_ = 0;
};

double Single(const fs::path& folder) {
  Bench bench(folder);
  return OneByOne(bench, nullptr).rate();
}

void Turns(const fs::path& folder) {
  BareTable bare(folder / "bare.db");
  Bench bench(folder);
  const OneByOne both(bench, &bare);
  std::printf("{\"bare\": %.1f, \"single\": %.1f}\n", both.bare_rate(), both.rate());
}

double Grouped(const fs::path& folder) {
  Bench bench(folder);
  const auto start = Clock::now();
  bench.UntilKept([](Engine& engine, const Duty& duty) {
    for (int i = 0; i < kGrouped; ++i) Put(engine, Make("handler/grouped", i), duty);
  });
  return kGrouped / SecondsSince(start);
}

void Puts(const fs::path& folder) {
  Tell("bare SQLite, a commit each", Bare(folder / "bare.db", kSingle, 1));
  Tell("bare SQLite, 1,000 a commit", Bare(folder / "bare.db", kGrouped, kGroup));
  Tell("engine, one by one, each waited for", Single(folder));
  Tell("engine, grouped", Grouped(folder));
  for (const char* kind : {"sqlite", "memory"}) {
    Bench bench(folder, kind);
    const auto start = Clock::now();
    for (int group = 0; group < kGrouped / kGroup; ++group) {
      bench.OnHubThread([group](Engine& engine) {
        for (int i = 0; i < kGroup; ++i) {
          const EntryPtr entry = Make("handler/elided", group * kGroup + i);
          Put(engine, entry, std::make_shared<int>());
          Step end;
          end.end.push_back(entry);
          (void)engine.Apply(std::move(end));
        }
      });
    }
    const std::string what = std::string(kind) + " engine, ended at once (elided)";
    Tell(what.c_str(), kGrouped / SecondsSince(start));
  }
}

void Fill(const fs::path& folder, int count, bool values) {
  Bench bench(folder);
  for (int first = 0; first < count; first += 10'000) {
    bench.UntilKept([&](Engine& engine, const Duty& duty) {
      for (int i = first; i < std::min(first + 10'000, count); ++i) {
        if (!values) {
          Put(engine, Make("handler/h" + std::to_string(i % 100), i), duty);
          continue;
        }
        Step step;
        step.writes.push_back(
            {.space = "karma", .key = "user/" + std::to_string(i), .value = std::string(100, 'v')});
        step.unkept = duty;
        (void)engine.Apply(std::move(step));
      }
    });
  }
  kill(getpid(), SIGKILL);
}

void Start(const fs::path& folder) {
  const auto start = Clock::now();
  HubLoop loop;
  const auto engine = OpenEngine({.folder = folder}, loop);
  std::printf("opened in %.2f s: %s\n", SecondsSince(start),
              engine.ok() ? "ok" : std::string(engine.status().message()).c_str());
  if (engine.ok()) std::printf("%zu mailboxes\n", (*engine)->Mailboxes().size());
}

}  // namespace
}  // namespace chathub

int main(int count, char** words) {
  const std::string what = count > 2 ? words[1] : "";
  if (what == "puts") {
    chathub::Puts(words[2]);
  } else if (what == "turns") {
    chathub::Turns(words[2]);
  } else if (what == "grouped") {
    std::printf("{\"rate\": %.1f}\n", chathub::Grouped(words[2]));
  } else if (what == "fill" && count == 5) {
    chathub::Fill(words[2], std::stoi(words[3]), std::string(words[4]) == "values");
  } else if (what == "start") {
    chathub::Start(words[2]);
  } else {
    std::fprintf(stderr, "see the top of engine_bench.cc\n");
    return 2;
  }
}
