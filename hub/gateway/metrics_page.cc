#include "hub/gateway/metrics_page.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <sys/resource.h>
#include <unistd.h>

#include <ctime>
#include <fstream>
#include <limits>
#include <map>
#include <utility>
#include <vector>

namespace chathub {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr std::size_t kMostPeers = 1'000;

using Labels = std::vector<ClientMetric::Label>;

class Page {
 public:
  void Counter(const std::string& name, const std::string& help, double value) {
    ClientMetric& metric = Add(MetricType::Counter, name, help, {});
    metric.counter.value = value;
  }
  // Of the last family if it has this name.
  void Gauge(const std::string& name, const std::string& help, double value, Labels labels = {}) {
    ClientMetric& metric = Add(MetricType::Gauge, name, help, std::move(labels));
    metric.gauge.value = value;
  }
  ClientMetric::Histogram& Histogram(const std::string& name, const std::string& help) {
    return Add(MetricType::Histogram, name, help, {}).histogram;
  }
  std::string Text() const { return prometheus::TextSerializer().Serialize(families_); }

 private:
  ClientMetric& Add(MetricType type, const std::string& name, const std::string& help,
                    Labels labels) {
    if (families_.empty() || families_.back().name != name) {
      families_.push_back({name, help, type, {}});
    }
    auto& metrics = families_.back().metric;
    metrics.emplace_back().label = std::move(labels);
    return metrics.back();
  }

  std::vector<MetricFamily> families_;
};

struct PeerSums {
  double instances = 0;
  double waiting = 0;
  double in_flight = 0;
};

// Instances of one handler share its mailbox: what waits there is told by each of them.
std::map<std::string, PeerSums> SumUp(const v1::ListPeersResponse& peers) {
  std::map<std::string, PeerSums> sums;
  for (const v1::Peer& peer : peers.peers()) {
    const bool room = sums.size() < kMostPeers || sums.contains(peer.name());
    PeerSums& sum = sums[room ? peer.name() : "others"];
    sum.instances += 1;
    sum.waiting = room ? static_cast<double>(peer.waiting())
                       : sum.waiting + static_cast<double>(peer.waiting());
    sum.in_flight += peer.in_flight();
  }
  return sums;
}

void AddPeers(Page& page, const v1::ListPeersResponse& peers) {
  const auto sums = SumUp(peers);
  const auto add = [&](const char* name, const char* help, double PeerSums::*member) {
    for (const auto& [peer, sum] : sums) page.Gauge(name, help, sum.*member, {{"peer", peer}});
  };
  add("chathub_peer_instances", "Attached programs under this name", &PeerSums::instances);
  add("chathub_peer_waiting", "Entries in the mailbox that are not handed out", &PeerSums::waiting);
  add("chathub_peer_in_flight", "Entries that are handed out and not finished",
      &PeerSums::in_flight);
}

void AddAnswerTimes(Page& page, const AnswerTimes& times) {
  auto& histogram = page.Histogram("chathub_answer_seconds",
                                   "From a message's coming to the end of the handler's work");
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < times.classes().size(); ++i) {
    count += times.classes()[i];
    const double bound = i < AnswerTimes::kBounds.size() ? AnswerTimes::kBounds[i]
                                                         : std::numeric_limits<double>::infinity();
    histogram.bucket.push_back({count, bound});
  }
  histogram.sample_count = count;
  histogram.sample_sum = times.sum();
}

double ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  double pages = 0;
  statm >> pages >> pages;
  return pages * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

std::string MetricsPage(const Figures& figures) {
  const v1::GetStatusResponse& status = figures.status;
  Page page;
  page.Gauge("chathub_build_info", "Always 1", 1,
             {{"version", status.version()}, {"engine", status.engine()}});
  page.Gauge("chathub_uptime_seconds", "Since the hub was built",
             static_cast<double>(status.uptime().seconds()));
  page.Gauge("chathub_draining", "1 while the hub goes away", status.draining() ? 1 : 0);
  page.Gauge("chathub_troubles", "What the hub complains about, see `chathub status`",
             status.troubles_size());
  page.Counter("chathub_events_total", "What adapters told, without repeats",
               static_cast<double>(status.events()));
  page.Counter("chathub_deliveries_total", "Matched work, one for each route",
               static_cast<double>(status.deliveries()));
  page.Counter("chathub_finished_total", "Deliveries that a handler has finished",
               static_cast<double>(status.finished()));
  page.Counter("chathub_orders_total", "What adapters were asked to do",
               static_cast<double>(status.orders()));
  page.Counter("chathub_dead_letters_total", "What nobody could finish, see `chathub dead list`",
               static_cast<double>(status.dead_letters()));
  page.Counter("chathub_in_doubt_total", "Orders of which nobody knows whether they were done",
               static_cast<double>(status.in_doubt()));
  page.Counter("chathub_entries_written_total", "Deliveries and orders that came to the disk",
               static_cast<double>(status.entries_written()));
  page.Gauge("chathub_waiting_deliveries", "Now, for all handlers",
             static_cast<double>(status.waiting_deliveries()));
  page.Gauge("chathub_waiting_orders", "Now, for all adapters",
             static_cast<double>(status.waiting_orders()));
  AddPeers(page, figures.peers);
  AddAnswerTimes(page, figures.answer_times);
  page.Counter("process_cpu_seconds_total", "User and system time", CpuSeconds());
  page.Gauge("process_resident_memory_bytes", "Resident memory", ResidentBytes());
  return page.Text();
}

}  // namespace chathub
