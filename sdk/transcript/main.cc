// chathub-transcript FILE -- COMMAND: plays a written talk against a handler.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <thread>

#include "sdk/transcript/difference.h"
#include "sdk/transcript/options.h"
#include "sdk/transcript/player.h"
#include "sdk/transcript/stage.h"

namespace chathub::transcript {
namespace {

// For hub and handler to come up.
constexpr std::chrono::seconds kStartPatience{30};

enum ExitCode { kAsWritten = 0, kOtherwise = 1, kWrong = 2, kNotUp = 3 };

std::optional<std::vector<Step>> ReadSteps(const std::string& file) {
  std::ifstream input(file);
  const std::string text{std::istreambuf_iterator<char>(input), {}};
  if (!input.is_open() || input.bad()) {
    std::fprintf(stderr, "chathub-transcript: cannot read %s\n", file.c_str());
    return std::nullopt;
  }
  auto parsed = Parse(text);
  if (const auto* mistake = std::get_if<Mistake>(&parsed)) {
    std::fprintf(stderr, "%s:%d: %s\n", file.c_str(), mistake->line, mistake->what.c_str());
    return std::nullopt;
  }
  return std::get<std::vector<Step>>(std::move(parsed));
}

// Nobody else would end the hub and the handler when a signal ends us.
void EndAllOnSignal(Stage& stage) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, number);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread([&stage, signals] {
    int number = 0;
    sigwait(&signals, &number);
    stage.Abandon();
    _exit(128 + number);
  }).detach();
}

void Report(const std::string& file, int line, const std::string& what, const std::string& text) {
  std::printf("%s:%d: %s\n%s", file.c_str(), line, what.c_str(), text.c_str());
}

int PlayAll(const Options& options, const std::vector<Step>& steps, Stage& stage) {
  Player player(stage.hub());
  std::size_t acts = 0;
  for (const Step& step : steps) {
    const auto seen = player.Play(step, options.timeout);
    if (!seen) {
      const auto late = Compare(step, player.TakeSeen());
      const std::string what = "not done within " + std::to_string(options.timeout.count()) + " s";
      Report(options.file, step.line, stage.HandlerGone().value_or(what), late ? late->text : "");
      return kOtherwise;
    }
    if (const auto difference = Compare(step, *seen)) {
      Report(options.file, difference->line, "something else was answered", difference->text);
      return kOtherwise;
    }
    acts += seen->size();
  }
  std::printf("%s: %zu steps, %zu answers, all as written\n", options.file.c_str(), steps.size(),
              acts);
  return kAsWritten;
}

int Run(const Options& options) {
  const auto steps = ReadSteps(options.file);
  if (!steps) return kWrong;
  static Stage stage;
  EndAllOnSignal(stage);
  if (const auto trouble = stage.Open(options.command, options.handlers, kStartPatience)) {
    std::fprintf(stderr, "chathub-transcript: %s\n", trouble->c_str());
    return kNotUp;
  }
  return PlayAll(options, *steps, stage);
}

}  // namespace
}  // namespace chathub::transcript

int main(int argc, char** argv) {
  int exit_status = 0;
  const auto options = chathub::transcript::ParseOptions(argc, argv, exit_status);
  return options ? chathub::transcript::Run(*options) : exit_status;
}
