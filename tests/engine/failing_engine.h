// An engine that fails on demand.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hub/base/errors.h"
#include "hub/engine/engine.h"

namespace chathub {

// Passes everything on to another engine, but for steps while it fails.
class FailingEngine : public Engine {
 public:
  enum class Fails {
    kNothing,
    kGrowth,  // steps that put or write: an engine that has waited too long for its disk
    kAll,     // also ends: an engine that has no room at all
  };

  explicit FailingEngine(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}

  void FailFromNowOn(Fails fails) { fails_ = fails; }

  const Properties& properties() const override { return engine_->properties(); }
  std::string Trouble() const override {
    return fails_ == Fails::kNothing ? engine_->Trouble()
                                     : "nothing can be kept: a test wants it so";
  }
  absl::StatusOr<Applied> Apply(Step&& step) override {
    const bool grows = !step.put.empty() || !step.writes.empty();
    if (fails_ == Fails::kAll || (fails_ == Fails::kGrowth && grows)) {
      return Fail(Reason::kGoingAway, Trouble());
    }
    return engine_->Apply(std::move(step));
  }
  std::uint64_t EntriesWritten() const override { return engine_->EntriesWritten(); }
  void Changed(const Entry& entry) override { engine_->Changed(entry); }
  const Conflict& LastConflict() const override { return engine_->LastConflict(); }
  void Read(const std::string& mailbox, Reader* reader) override { engine_->Read(mailbox, reader); }
  std::vector<std::string> Mailboxes() const override { return engine_->Mailboxes(); }
  std::optional<StoreEntry> Find(std::string_view space, std::string_view key) const override {
    return engine_->Find(space, key);
  }
  std::vector<StoreEntry> List(std::string_view space, std::string_view prefix,
                               std::string_view after, std::size_t limit) const override {
    return engine_->List(space, prefix, after, limit);
  }

 private:
  const std::unique_ptr<Engine> engine_;
  Fails fails_ = Fails::kNothing;
};

}  // namespace chathub
