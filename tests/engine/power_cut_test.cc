// The power fails at any moment: what was not synced is gone or torn, what was accepted is there.
#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/engine/shaky_disk.h"
#include "tests/engine/sqlite_home.h"

namespace chathub {
namespace {

constexpr std::size_t kCuts = 250;  // in each of four lives
constexpr std::size_t kEvents = 900;
constexpr std::size_t kNever = static_cast<std::size_t>(-1);

// When things happened to an event, counted in deeds of the disk.
struct Event {
  std::size_t accepted = kNever;   // its duty ended
  std::size_t finished = kNever;   // a Finish was applied
  std::size_t delivered = kNever;  // the order was done
  bool counts = false;             // its Finish writes to the store
};

// A hub's life: events come, some are finished at once, some later, some never; orders likewise.
class Life {
 public:
  Life(Engine& engine, VirtualLoop& loop, const ShakyDisk& disk, std::mt19937& dice)
      : engine_(engine), loop_(loop), disk_(disk), dice_(dice), events_(kEvents) {}

  void Live() {
    for (std::size_t i = 0; i < kEvents; ++i) {
      Arrive(i);
      loop_.Advance(Milliseconds(dice_() % 4));
      FinishSome();
      DeliverSome();
      Set(i);
    }
    loop_.Advance(Milliseconds(50));
  }
  const std::vector<Event>& events() const { return events_; }
  // Version n of the value was kept.
  const std::vector<std::size_t>& versions() const { return versions_; }

 private:
  static EntryPtr Make(const std::string& mailbox, std::size_t event, Duty duty) {
    auto entry = std::make_shared<Entry>();
    entry->envelope.set_id(std::to_string(event));
    entry->envelope.set_to(mailbox);
    entry->envelope.mutable_delivery()->set_text(std::string(event % 700, 'x'));
    entry->unkept = std::move(duty);
    return entry;
  }
  Duty DutyThatMarks(std::size_t& when) {
    return Duty(this, [this, &when](const void*) { when = disk_.deeds().size(); });
  }
  void Arrive(std::size_t event) {
    Step step;
    step.put.push_back(Make("handler/a", event, DutyThatMarks(events_[event].accepted)));
    deliveries_[event] = step.put[0];
    ASSERT_TRUE(engine_.Apply(std::move(step)).ok());
  }
  void FinishSome() {
    for (auto at = deliveries_.begin(); at != deliveries_.end();) {
      if (dice_() % 3 != 0 || at->first % 17 == 0) {
        ++at;
        continue;
      }
      Event& event = events_[at->first];
      event.finished = disk_.deeds().size();
      event.counts = dice_() % 2 == 0;
      Step step;
      step.put.push_back(Make("adapter/irc", at->first, at->second->unkept));
      step.end.push_back(at->second);
      const std::string mark = "done/" + std::to_string(at->first);
      if (event.counts) {
        step.writes.push_back({.space = "s", .key = mark, .value = "1"});
        step.writes.push_back(
            {.space = "s", .key = "sum", .kind = Write::Kind::kAdd, .value = {}, .amount = 1});
      }
      orders_[at->first] = step.put[0];
      at = deliveries_.erase(at);
      ASSERT_TRUE(engine_.Apply(std::move(step)).ok());
    }
  }
  void DeliverSome() {
    for (auto at = orders_.begin(); at != orders_.end();) {
      if (dice_() % 3 != 0 || at->first % 13 == 0) {
        ++at;
        continue;
      }
      events_[at->first].delivered = disk_.deeds().size();
      Step step;
      step.end.push_back(at->second);
      at = orders_.erase(at);
      ASSERT_TRUE(engine_.Apply(std::move(step)).ok());
    }
  }
  void Set(std::size_t version) {
    if (dice_() % 5 != 0) return;
    versions_.resize(version + 1, kNever);
    Step step;
    step.writes.push_back({.space = "s", .key = "version", .value = std::to_string(version)});
    step.unkept =
        Duty(this, [this, version](const void*) { versions_[version] = disk_.deeds().size(); });
    ASSERT_TRUE(engine_.Apply(std::move(step)).ok());
  }

  Engine& engine_;
  VirtualLoop& loop_;
  const ShakyDisk& disk_;
  std::mt19937& dice_;
  std::vector<Event> events_;
  std::vector<std::size_t> versions_;
  std::map<std::size_t, EntryPtr> deliveries_;
  std::map<std::size_t, EntryPtr> orders_;
};

struct Found {
  std::vector<std::string> deliveries;
  std::vector<std::string> orders;
};

bool Has(const std::vector<std::string>& ids, std::size_t event) {
  return std::find(ids.begin(), ids.end(), std::to_string(event)) != ids.end();
}

std::vector<std::string> IdsIn(Engine& engine, const std::string& mailbox) {
  CollectingReader reader;
  engine.Read(mailbox, &reader);
  engine.Read(mailbox, nullptr);
  return reader.Ids();
}

void CheckEvent(std::size_t number, const Event& event, std::size_t cut, const Found& found,
                const Engine& engine) {
  const bool delivery = Has(found.deliveries, number);
  const bool order = Has(found.orders, number);
  const bool counted = engine.Find("s", "done/" + std::to_string(number)).has_value();
  EXPECT_FALSE(delivery && order) << number << " is there twice";
  EXPECT_FALSE(delivery && counted) << number << " would be counted twice";
  // The cut is before the deed of that number.
  if (event.accepted > cut) return;
  const bool delivered = event.delivered <= cut;
  EXPECT_TRUE(delivery || order || delivered) << number << " was accepted and is lost";
  if (event.counts && event.finished <= cut && !delivery) {
    EXPECT_TRUE(counted) << number << " was accepted and not counted";
  }
}

class PowerCutTest : public testing::TestWithParam<unsigned> {
 protected:
  PowerCutTest() {
    // Make the store first: what nobody has is not lost.
    EXPECT_TRUE(OpenSqlite(folder_.store(), loop_).ok());
    before_ = std::make_unique<PowerCut>(folder_.path());
    auto engine = OpenSqlite(folder_.store(), loop_, disk_.name());
    EXPECT_TRUE(engine.ok()) << engine.status();
    engine_ = *std::move(engine);
  }

  // What comes back after the power.
  void Check(const PowerCut& power, std::size_t cut, const Life& life) {
    SCOPED_TRACE("cut before deed " + std::to_string(cut));
    const Folder left;
    power.Leave(left.path(), dice_);
    VirtualLoop loop;
    const auto engine = OpenSqlite(left.store(), loop);
    ASSERT_TRUE(engine.ok()) << engine.status();
    const Found found{IdsIn(**engine, "handler/a"), IdsIn(**engine, "adapter/irc")};
    for (std::size_t i = 0; i < kEvents; ++i) {
      CheckEvent(i, life.events()[i], cut, found, **engine);
    }
    const auto sum = (*engine)->Find("s", "sum");
    const auto marks = (*engine)->List("s", "done/", "", kEvents);
    EXPECT_EQ(sum.has_value() ? std::stoul(sum->value) : 0, marks.size());
    const auto version = (*engine)->Find("s", "version");
    const std::size_t value = version.has_value() ? std::stoul(version->value) : 0;
    for (std::size_t i = value + 1; i < life.versions().size(); ++i) {
      EXPECT_GT(life.versions()[i], cut) << "version " << i << " was kept and is lost";
    }
    EXPECT_TRUE((*engine)->List("hub.dead", "", "", 10).empty());
  }

  std::mt19937 dice_{GetParam()};
  VirtualLoop loop_;
  Folder folder_;
  ShakyDisk disk_{"power-cut"};
  std::unique_ptr<PowerCut> before_;
  std::unique_ptr<SqliteEngine> engine_;
};

TEST_P(PowerCutTest, AtEveryMomentTheStoreOpensAndNothingAcceptedIsLost) {
  Life life(*engine_, loop_, disk_, dice_);
  life.Live();
  const std::vector<ShakyDisk::Deed> deeds = disk_.deeds();
  ASSERT_GT(deeds.size(), kCuts);
  std::vector<std::size_t> cuts;
  for (std::size_t i = 0; i < kCuts; ++i) cuts.push_back(dice_() % (deeds.size() + 1));
  std::sort(cuts.begin(), cuts.end());
  std::size_t done = 0;
  for (const std::size_t cut : cuts) {
    for (; done < cut; ++done) before_->Add(deeds[done]);
    Check(*before_, cut, life);
    if (HasFailure()) return;
  }
  const auto checkpoints = std::count_if(deeds.begin(), deeds.end(), [](const auto& deed) {
    return deed.kind == ShakyDisk::Kind::kSync && deed.path.ends_with(sqlite::kStoreFile);
  });
  EXPECT_GT(checkpoints, 1) << "no cut was near a checkpoint but the first";
  std::size_t kept = 0;
  for (const Event& event : life.events()) kept += event.accepted != kNever ? 1 : 0;
  EXPECT_EQ(kept, kEvents);
  RecordProperty("cuts", static_cast<int>(kCuts));
  engine_.reset();
}

INSTANTIATE_TEST_SUITE_P(Seeds, PowerCutTest, testing::Values(1u, 2u, 3u, 4u));

}  // namespace
}  // namespace chathub
