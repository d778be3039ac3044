#include "stop_signals.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>

namespace chathub::sdk {
namespace {

// A signal handler reaches nothing but globals.
std::atomic<std::atomic<bool>*> the_stop = nullptr;
std::atomic<Doorbell*> the_doorbell = nullptr;
struct sigaction before_term;
struct sigaction before_int;

void OnSignal(int) {
  const int saved = errno;
  std::atomic<bool>* stop = the_stop;
  Doorbell* doorbell = the_doorbell;
  if (stop == nullptr || doorbell == nullptr) return;
  if (stop->exchange(true)) _exit(1);
  doorbell->Ring();
  errno = saved;
}

}  // namespace

StopSignals::StopSignals(std::atomic<bool>& stop, Doorbell& doorbell) {
  the_stop = &stop;
  the_doorbell = &doorbell;
  struct sigaction action = {};
  action.sa_handler = OnSignal;
  action.sa_flags = SA_RESTART;
  sigaction(SIGTERM, &action, &before_term);
  sigaction(SIGINT, &action, &before_int);
}

StopSignals::~StopSignals() {
  sigaction(SIGTERM, &before_term, nullptr);
  sigaction(SIGINT, &before_int, nullptr);
  the_stop = nullptr;
  the_doorbell = nullptr;
}

}  // namespace chathub::sdk
