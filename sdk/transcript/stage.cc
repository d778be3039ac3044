#include "sdk/transcript/stage.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "chathub/channel.h"
#include "chathub/v1/admin.grpc.pb.h"

namespace chathub::transcript {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kBetweenLooks{20};
constexpr milliseconds kGoodbye{5000};
// The shell of a user may say otherwise of everything in here.
constexpr char kConfiguration[] =
    "adapter = \"transcript\"\n"
    "[engine]\nkind = \"memory\"\n"
    "[listen]\ntcp = false\n";

// The hub beside us, else the one that the PATH knows.
std::string HubProgram() {
  std::error_code error;
  const fs::path beside = fs::read_symlink("/proc/self/exe", error).parent_path() / "chathub";
  return !error && fs::exists(beside, error) ? beside.string() : "chathub";
}

std::string WhyNot(const std::string& program) {
  return "cannot start " + program + ": " + std::strerror(errno);
}

// The handlers that the hub has greeted.
std::set<std::string> Attached(const HubAddress& address) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(5));
  Authorize(context, address);
  v1::ListPeersResponse response;
  v1::Admin::NewStub(MakeChannel(address))->ListPeers(&context, {}, &response);
  std::set<std::string> names;
  const std::string prefix = "handler/";
  for (const v1::Peer& peer : response.peers()) {
    if (peer.name().starts_with(prefix)) names.insert(peer.name().substr(prefix.size()));
  }
  return names;
}

// The group; its leader is gone then, and leaves nothing more behind. Another thread reaps it.
void KillAndWait(pid_t leader) {
  kill(-leader, SIGKILL);
  siginfo_t ignored;
  waitid(P_PID, static_cast<id_t>(leader), &ignored, WEXITED | WNOWAIT);
}

}  // namespace

Stage::~Stage() {
  std::lock_guard lock(starting_);  // whoever abandons it ends the program as well
  if (handler_) handler_->End(kGoodbye);
  if (hub_) hub_->End(kGoodbye);
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

void Stage::Abandon() {
  starting_.lock();
  if (handler_) KillAndWait(handler_->pid());
  if (hub_) KillAndWait(hub_->pid());
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

std::optional<std::string> Stage::Open(const std::vector<std::string>& command,
                                       const std::vector<std::string>& handlers,
                                       milliseconds patience) {
  const Time until = steady_clock::now() + patience;
  if (auto trouble = MakeFolder()) return trouble;
  if (auto trouble = StartHub(until)) return trouble;
  if (auto trouble = StartHandler(command)) return trouble;
  return AwaitHandlers(handlers, until);
}

std::optional<std::string> Stage::MakeFolder() {
  std::lock_guard lock(starting_);
  std::error_code error;
  std::string name = (fs::temp_directory_path(error) / "chathub-transcript-XXXXXX").string();
  if (error || mkdtemp(name.data()) == nullptr) return "cannot make a temporary folder";
  folder_ = name;
  std::ofstream(folder_ + "/chathub.toml") << kConfiguration;
  return std::nullopt;
}

std::optional<std::string> Stage::StartHub(Time until) {
  const std::string program = HubProgram();
  {
    std::lock_guard lock(starting_);
    const int log = open((folder_ + "/log").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    auto started = Process::Start(
        {program, "serve", "--config", folder_ + "/chathub.toml", "--data", hub().data_folder},
        {.output = log, .errors = true});
    close(log);
    if (!started) return WhyNot(program);
    hub_.emplace(*std::move(started));
  }
  while (!FindHub(hub())) {
    if (hub_->Ended()) return "the hub ended at once:\n" + HubLog();
    if (steady_clock::now() >= until) return "the hub is not ready:\n" + HubLog();
    std::this_thread::sleep_for(kBetweenLooks);
  }
  return std::nullopt;
}

std::optional<std::string> Stage::StartHandler(const std::vector<std::string>& command) {
  Process::Options options;
  options.environment = {{"CHATHUB_DATA", hub().data_folder},
                         {"CHATHUB_ADDRESS", std::nullopt},
                         {"CHATHUB_TOKEN", std::nullopt}};
  std::lock_guard lock(starting_);
  auto started = Process::Start(command, options);
  if (!started) return WhyNot(command.front());
  handler_.emplace(*std::move(started));
  return std::nullopt;
}

std::optional<std::string> Stage::AwaitHandlers(const std::vector<std::string>& handlers,
                                                Time until) {
  while (true) {
    const auto attached = Attached(FindHub(hub()).address);
    const bool all = std::all_of(handlers.begin(), handlers.end(),
                                 [&](const auto& name) { return attached.contains(name); });
    if (all && !attached.empty()) return std::nullopt;
    if (auto gone = HandlerGone()) return gone;
    if (steady_clock::now() >= until) return "the handler does not attach to the hub";
    std::this_thread::sleep_for(kBetweenLooks);
  }
}

std::optional<std::string> Stage::HandlerGone() {
  const auto code = handler_->Ended();
  if (!code) return std::nullopt;
  return "the handler ended with " + std::to_string(*code);
}

std::string Stage::HubLog() const {
  std::ifstream log(folder_ + "/log");
  return {std::istreambuf_iterator<char>(log), {}};
}

}  // namespace chathub::transcript
