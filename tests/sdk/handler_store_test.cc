// What a handler remembers in the hub, and whom it can look up there.
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "chathub/v1/rooms.grpc.pb.h"
#include "chathub/v1/store.grpc.pb.h"
#include "chathub/v1/users.grpc.pb.h"
#include "tests/sdk/handler_case.h"

namespace chathub {
namespace {

// Answers what the test says, and remembers what it was asked.
struct ScriptedStore : v1::Store::Service {
  grpc::Status Answer() {
    if (failures == 0) return grpc::Status::OK;
    --failures;
    return failure;
  }
  grpc::Status Get(grpc::ServerContext*, const v1::StoreGetRequest* request,
                   v1::StoreGetResponse* response) override {
    if (request->key() == "there") {
      response->mutable_entry()->set_key("there");
      response->mutable_entry()->set_value("v");
      response->mutable_entry()->set_revision(7);
    }
    return Answer();
  }
  grpc::Status Put(grpc::ServerContext* context, const v1::StorePutRequest* request,
                   v1::StorePutResponse* response) override {
    const auto peer = context->client_metadata().find("chathub-peer");
    if (peer != context->client_metadata().end()) {
      caller = std::string(peer->second.data(), peer->second.size());
    }
    puts.push_back(*request);
    response->set_revision(8);
    return Answer();
  }
  grpc::Status Batch(grpc::ServerContext*, const v1::StoreBatchRequest* request,
                     v1::StoreBatchResponse* response) override {
    batches.push_back(*request);
    for (int i = 0; i < request->writes_size(); ++i) response->add_revisions(9);
    return Answer();
  }
  grpc::Status List(grpc::ServerContext*, const v1::StoreListRequest* request,
                    v1::StoreListResponse* response) override {
    response->add_entries()->set_key(request->prefix() + "1");
    if (request->page_token().empty()) response->set_next_page_token("next");
    return grpc::Status::OK;
  }
  grpc::Status Watch(grpc::ServerContext* context, const v1::StoreWatchRequest* request,
                     grpc::ServerWriter<v1::StoreWatchResponse>* writer) override {
    v1::StoreWatchResponse response;
    response.add_changes()->mutable_entry()->set_key(request->prefix() + "a");
    writer->Write(response);
    if (++watches == 1) return {grpc::StatusCode::UNAVAILABLE, "broken"};
    while (!context->IsCancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return grpc::Status::CANCELLED;
  }

  int failures = 0;
  grpc::Status failure{grpc::StatusCode::UNAVAILABLE, "not now"};
  std::string caller;
  std::vector<v1::StorePutRequest> puts;
  std::vector<v1::StoreBatchRequest> batches;
  int watches = 0;
};

struct ScriptedUsers : v1::Users::Service {
  grpc::Status FindUsers(grpc::ServerContext*, const v1::FindUsersRequest* request,
                         v1::FindUsersResponse* response) override {
    v1::User& user = *response->add_users();
    user.set_id(request->adapter() + "/1");
    user.set_name(request->name());
    return grpc::Status::OK;
  }
};

struct ScriptedRooms : v1::Rooms::Service {
  grpc::Status ListRooms(grpc::ServerContext*, const v1::ListRoomsRequest* request,
                         v1::ListRoomsResponse* response) override {
    response->add_rooms()->set_joined(request->joined());
    response->set_next_page_token("next");
    return grpc::Status::OK;
  }
};

class HandlerStoreTest : public HandlerCase {
 protected:
  HandlerStoreTest() {
    hub_.Die();
    for (grpc::Service* service :
         {static_cast<grpc::Service*>(&store_), static_cast<grpc::Service*>(&users_),
          static_cast<grpc::Service*>(&rooms_)}) {
      hub_.Also(*service);
    }
    hub_.Listen();
  }
  ~HandlerStoreTest() override { hub_.Die(); }

  ScriptedStore store_;
  ScriptedUsers users_;
  ScriptedRooms rooms_;
};

TEST_F(HandlerStoreTest, AKeyIsThereOrNotAndBothAreNoProblem) {
  const auto there = handler_.store().Get("there");
  ASSERT_TRUE(there.ok()) << there.problem().detail;
  EXPECT_EQ((*there)->value, "v");
  EXPECT_EQ((*there)->revision, 7u);
  const auto missing = handler_.store().Get("missing");
  ASSERT_TRUE(missing.ok());
  EXPECT_FALSE(missing->has_value());
}

TEST_F(HandlerStoreTest, APutIsRepeatedThroughAFailureAndSaysWhoCalls) {
  store_.failures = 1;
  const auto put = handler_.store().Put("k", "v", {.ttl = std::chrono::milliseconds(1500)});
  ASSERT_TRUE(put.ok()) << put.problem().detail;
  EXPECT_EQ(*put, 8u);
  ASSERT_EQ(store_.puts.size(), 2u);
  EXPECT_EQ(store_.puts[1].ttl().seconds(), 1);
  EXPECT_FALSE(store_.puts[1].has_if_revision());
  EXPECT_EQ(store_.caller, "handler/test");
}

TEST_F(HandlerStoreTest, WhatMustNotHappenTwiceIsNotRepeated) {
  store_.failures = 2;
  const auto put = handler_.store().Put("k", "v", {.if_revision = 0});
  ASSERT_FALSE(put.ok());
  EXPECT_EQ(put.problem().reason, Problem::Reason::kGoingAway);
  EXPECT_EQ(store_.puts.size(), 1u);
  EXPECT_FALSE(handler_.store().Add("n", 3).ok());
  EXPECT_EQ(store_.batches.size(), 1u);
  EXPECT_EQ(*handler_.store().Add("n", 3), 9u);
  EXPECT_EQ(store_.batches[1].writes(0).add(), 3);
}

TEST_F(HandlerStoreTest, PagesFollowEachOther) {
  const auto first = handler_.store().List("p/");
  EXPECT_EQ(first->entries.at(0).key, "p/1");
  EXPECT_EQ(first->next, "next");
  EXPECT_EQ(handler_.store().List("p/", first->next)->next, "");
}

TEST_F(HandlerStoreTest, AWatchComesBackAfterABreakAndEndsWhenItIsLetGo) {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> heard;
  auto watch = handler_.store().Watch("p/", [&](const StoreChange& change) {
    std::lock_guard lock(mutex);
    heard.push_back(change.entry.key);
    changed.notify_all();
  });
  {
    std::unique_lock lock(mutex);
    ASSERT_TRUE(changed.wait_for(lock, kTestPatience, [&] { return heard.size() == 2; }));
    EXPECT_EQ(heard[1], "p/a");
  }
  watch.reset();
}

TEST_F(HandlerStoreTest, UsersAndRoomsAreLookedUp) {
  const auto users = handler_.users().Find("ada", "irc");
  ASSERT_TRUE(users.ok());
  EXPECT_EQ(users->at(0).id, "irc/1");
  EXPECT_EQ(users->at(0).name, "ada");
  EXPECT_TRUE(handler_.rooms().ListJoined()->rooms.at(0).joined);
  EXPECT_FALSE(handler_.rooms().List()->rooms.at(0).joined);
  EXPECT_EQ(handler_.rooms().List()->next, "next");
}

}  // namespace
}  // namespace chathub
