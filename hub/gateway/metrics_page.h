// What `/metrics` says, in the text form that Prometheus reads.
#pragma once

#include <string>

#include "chathub/v1/admin.pb.h"
#include "hub/core/answer_times.h"

namespace chathub {

struct Figures {
  v1::GetStatusResponse status;
  v1::ListPeersResponse peers;
  AnswerTimes answer_times;
};

// Names of peers are the only labels; of more than 1,000 the rest is one peer called `others`.
std::string MetricsPage(const Figures& figures);

// The media type of that text.
inline constexpr const char* kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace chathub
