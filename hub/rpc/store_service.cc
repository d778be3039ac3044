#include "hub/rpc/store_service.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "chathub/v1/store.pb.h"
#include "hub/core/store/store_writes.h"
#include "hub/rpc/kept_reply.h"
#include "hub/rpc/server_stream.h"
#include "hub/rpc/store_watcher.h"
#include "hub/rpc/unary.h"

namespace chathub {
namespace {

using Writes = google::protobuf::RepeatedPtrField<v1::StoreWrite>;

constexpr std::uint32_t kPage = 100;
constexpr std::uint32_t kLargestPage = 1000;
constexpr std::size_t kPageBytes = 512 * 1024;  // half of what a frame may have

absl::Status CheckPrefix(const std::string& prefix) {
  return prefix.empty() ? absl::OkStatus() : CheckKey(prefix);
}

absl::StatusOr<v1::StoreGetResponse> Get(Hub& hub, const Caller& caller,
                                         const v1::StoreGetRequest& request) {
  auto entry = hub.store().Get(caller.peer, request.key());
  if (!entry.ok()) return entry.status();
  v1::StoreGetResponse response;
  if (entry->has_value()) *response.mutable_entry() = ToWire(**std::move(entry));
  return response;
}

// A page's token is the last key of the page before.
absl::StatusOr<v1::StoreListResponse> List(Hub& hub, const Caller& caller,
                                           const v1::StoreListRequest& request) {
  if (absl::Status status = CheckPrefix(request.prefix()); !status.ok()) return status;
  const std::uint32_t wanted = request.page_size() == 0 ? kPage : request.page_size();
  const std::size_t size = std::min(wanted, kLargestPage);
  auto entries =
      hub.store().List(caller.peer, request.prefix(), request.page_token(), size, kPageBytes);
  v1::StoreListResponse response;
  if (!entries.empty()) {
    const std::string& last = entries.back().key;
    const bool more = !hub.store().List(caller.peer, request.prefix(), last, 1, 1).empty();
    if (more) response.set_next_page_token(last);
  }
  for (StoreEntry& entry : entries) *response.add_entries() = ToWire(std::move(entry));
  return response;
}

Writes WritesOf(const v1::StorePutRequest& request) {
  Writes writes;
  v1::StoreWrite& write = *writes.Add();
  write.set_key(request.key());
  write.mutable_put()->set_value(request.value());
  if (request.has_ttl()) *write.mutable_put()->mutable_ttl() = request.ttl();
  if (request.has_if_revision()) write.set_if_revision(request.if_revision());
  return writes;
}

Writes WritesOf(const v1::StoreDeleteRequest& request) {
  Writes writes;
  v1::StoreWrite& write = *writes.Add();
  write.set_key(request.key());
  write.mutable_delete_();
  if (request.has_if_revision()) write.set_if_revision(request.if_revision());
  return writes;
}

const Writes& WritesOf(const v1::StoreBatchRequest& request) { return request.writes(); }

void Tell(const Applied& applied, v1::StorePutResponse& response) {
  response.set_revision(applied.revisions.front());
}

void Tell(const Applied&, v1::StoreDeleteResponse&) {}

void Tell(const Applied& applied, v1::StoreBatchResponse& response) {
  response.mutable_revisions()->Add(applied.revisions.begin(), applied.revisions.end());
}

// A method that is answered at once.
template <class Request, class Response, class Answer>
void ServeReading(Desk& desk, const char* path, Answer answer) {
  Serve<Request, Response>(
      desk, path,
      [&hub = desk.hub, answer](const Caller& caller, const Request& request,
                                Reply<Response> reply) { reply(answer(hub, caller, request)); });
}

// A method that is answered when its writes are kept.
template <class Request, class Response>
void ServeWriting(Desk& desk, const char* path) {
  Serve<Request, Response>(
      desk, path,
      [&hub = desk.hub, &loop = desk.loop](const Caller& caller, const Request& request,
                                           Reply<Response> reply) {
        auto kept = KeptReply<Response>::Make(loop, std::move(reply));
        const auto applied = hub.store().Apply(caller.peer, WritesOf(request), kept->NewDuty());
        if (!applied.ok()) return kept->Settle(applied.status());
        Response response;
        Tell(*applied, response);
        kept->Settle(std::move(response));
      });
}

void ServeWatch(Desk& desk) {
  ServeStream<v1::StoreWatchRequest, v1::StoreWatchResponse>(
      desk, "/chathub.v1.Store/Watch",
      [&store = desk.hub.store()](
          const Caller& caller, const v1::StoreWatchRequest& request,
          Outlet& outlet) -> absl::StatusOr<std::unique_ptr<Source<v1::StoreWatchResponse>>> {
        if (absl::Status status = CheckPrefix(request.prefix()); !status.ok()) return status;
        return std::make_unique<StoreWatcher>(store, caller.peer, request, outlet);
      });
}

}  // namespace

void ServeStore(Desk& desk) {
  ServeReading<v1::StoreGetRequest, v1::StoreGetResponse>(desk, "/chathub.v1.Store/Get", Get);
  ServeReading<v1::StoreListRequest, v1::StoreListResponse>(desk, "/chathub.v1.Store/List", List);
  ServeWriting<v1::StorePutRequest, v1::StorePutResponse>(desk, "/chathub.v1.Store/Put");
  ServeWriting<v1::StoreDeleteRequest, v1::StoreDeleteResponse>(desk, "/chathub.v1.Store/Delete");
  ServeWriting<v1::StoreBatchRequest, v1::StoreBatchResponse>(desk, "/chathub.v1.Store/Batch");
  ServeWatch(desk);
}

}  // namespace chathub
