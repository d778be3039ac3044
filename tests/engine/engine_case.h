// An engine in virtual time, and where it lives: for laws and other tests of engines.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "hub/engine/engine.h"
#include "tests/support/virtual_loop.h"

namespace chathub {

// What outlives an engine: a folder, or nothing.
class EngineHome {
 public:
  virtual ~EngineHome() = default;
  // With what the last engine of this home kept, if it keeps anything.
  virtual std::unique_ptr<Engine> Open(Loop& loop) = 0;
  // From now on this home has what it would have if the hub were killed at this moment.
  virtual void Kill() {}
};

// How a test gets a new home.
struct EngineMaker {
  std::string kind;
  std::function<std::unique_ptr<EngineHome>()> make;
};

inline void PrintTo(const EngineMaker& maker, std::ostream* out) { *out << maker.kind; }

// Tells when the last holder lets go.
inline Duty DutyThatSets(bool& over) {
  return Duty(&over, [](const void* flag) { *static_cast<bool*>(const_cast<void*>(flag)) = true; });
}

class CollectingReader : public Reader {
 public:
  void Arrived(EntryPtr entry) override { entries.push_back(std::move(entry)); }
  std::vector<std::string> Ids() const {
    std::vector<std::string> ids;
    for (const EntryPtr& entry : entries) ids.push_back(entry->envelope.id());
    return ids;
  }

  std::vector<EntryPtr> entries;
};

class EngineCase : public testing::TestWithParam<EngineMaker> {
 protected:
  using Ms = Milliseconds;

  static EntryPtr MakeEntry(const std::string& mailbox, const std::string& id) {
    auto entry = std::make_shared<Entry>();
    entry->envelope.set_id(id);
    entry->envelope.set_to(mailbox);
    return entry;
  }
  absl::StatusOr<Applied> Put(const EntryPtr& entry) {
    Step step;
    step.put.push_back(entry);
    return engine_->Apply(std::move(step));
  }
  absl::StatusOr<Applied> End(const EntryPtr& entry) {
    Step step;
    step.end.push_back(entry);
    return engine_->Apply(std::move(step));
  }
  absl::StatusOr<Applied> DoWrites(std::vector<Write> writes) {
    Step step;
    step.writes = std::move(writes);
    return engine_->Apply(std::move(step));
  }
  static Write PutOf(const std::string& key, const std::string& value) {
    return {.space = "karma", .key = key, .value = value};
  }
  static Write AddOf(const std::string& key, std::int64_t amount) {
    return {.space = "karma", .key = key, .kind = Write::Kind::kAdd, .value = {}, .amount = amount};
  }
  std::string ValueOf(const std::string& key) {
    const auto entry = engine_->Find("karma", key);
    return entry.has_value() ? entry->value : "(none)";
  }

  // Time enough for a disk thread that is not one.
  void LetItKeep() { loop_.Advance(Ms(20)); }

  VirtualLoop loop_;
  const std::unique_ptr<EngineHome> home_ = GetParam().make();
  std::unique_ptr<Engine> engine_ = home_->Open(loop_);
};

}  // namespace chathub
