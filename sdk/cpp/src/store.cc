#include "chathub/store.h"

#include <utility>

#include "chathub/v1/store.grpc.pb.h"
#include "durations.h"
#include "store_watching.h"
#include "to_wire.h"
#include "unary_calls.h"
#include "utf8.h"

namespace chathub {

Result<std::optional<StoreEntry>> Store::Get(std::string_view key) {
  v1::StoreGetRequest request;
  request.set_key(sdk::ToUtf8(key));
  v1::StoreGetResponse response;
  const auto problem = calls_.Try([&](auto channel, grpc::ClientContext& context) {
    return v1::Store::NewStub(channel)->Get(&context, request, &response);
  });
  if (problem) return *problem;
  if (!response.has_entry()) return std::optional<StoreEntry>();
  return std::optional(sdk::FromProto(response.entry()));
}

Result<std::uint64_t> Store::Put(std::string_view key, std::string value, StorePutOptions options) {
  v1::StorePutRequest request;
  request.set_key(sdk::ToUtf8(key));
  request.set_value(std::move(value));
  if (options.ttl) *request.mutable_ttl() = sdk::ToProto(*options.ttl);
  if (options.if_revision) request.set_if_revision(*options.if_revision);
  v1::StorePutResponse response;
  const auto attempt = [&](auto channel, grpc::ClientContext& context) {
    return v1::Store::NewStub(channel)->Put(&context, request, &response);
  };
  // Repeated, its own first attempt might be the conflict.
  const auto problem = options.if_revision ? calls_.Once(attempt) : calls_.Try(attempt);
  if (problem) return *problem;
  return response.revision();
}

Result<bool> Store::Delete(std::string_view key, std::optional<std::uint64_t> if_revision) {
  v1::StoreDeleteRequest request;
  request.set_key(sdk::ToUtf8(key));
  if (if_revision) request.set_if_revision(*if_revision);
  v1::StoreDeleteResponse response;
  const auto attempt = [&](auto channel, grpc::ClientContext& context) {
    return v1::Store::NewStub(channel)->Delete(&context, request, &response);
  };
  const auto problem = if_revision ? calls_.Once(attempt) : calls_.Try(attempt);
  if (problem) return *problem;
  return true;
}

Result<std::uint64_t> Store::Add(std::string_view key, std::int64_t amount) {
  v1::StoreWrite write;
  write.set_key(std::string(key));
  write.set_add(amount);
  const auto revisions = Batch({std::move(write)});
  if (!revisions.ok()) return revisions.problem();
  return revisions->empty() ? 0 : revisions->front();
}

Result<StorePage> Store::List(std::string_view prefix, std::string_view after, std::uint32_t size) {
  v1::StoreListRequest request;
  request.set_prefix(sdk::ToUtf8(prefix));
  request.set_page_token(sdk::ToUtf8(after));
  request.set_page_size(size);
  v1::StoreListResponse response;
  const auto problem = calls_.Try([&](auto channel, grpc::ClientContext& context) {
    return v1::Store::NewStub(channel)->List(&context, request, &response);
  });
  if (problem) return *problem;
  StorePage page{.entries = {}, .next = response.next_page_token()};
  for (const v1::StoreEntry& entry : response.entries()) {
    page.entries.push_back(sdk::FromProto(entry));
  }
  return page;
}

Result<std::vector<std::uint64_t>> Store::Batch(const std::vector<v1::StoreWrite>& writes) {
  v1::StoreBatchRequest request;
  request.mutable_writes()->Add(writes.begin(), writes.end());
  sdk::RepairUtf8(request);
  v1::StoreBatchResponse response;
  const auto problem = calls_.Once([&](auto channel, grpc::ClientContext& context) {
    return v1::Store::NewStub(channel)->Batch(&context, request, &response);
  });
  if (problem) return *problem;
  return std::vector<std::uint64_t>(response.revisions().begin(), response.revisions().end());
}

std::unique_ptr<StoreWatch> Store::Watch(std::string prefix,
                                         std::function<void(const StoreChange&)> heard) {
  return std::make_unique<StoreWatch>(
      std::make_unique<sdk::StoreWatching>(calls_, sdk::ToUtf8(prefix), std::move(heard)));
}

StoreWatch::StoreWatch(std::unique_ptr<sdk::StoreWatching> watching)
    : watching_(std::move(watching)) {}

StoreWatch::~StoreWatch() = default;

}  // namespace chathub
