#include "hub/core/mailboxes/order_turns.h"

#include <utility>

namespace chathub {
namespace {

// Who waits alone leaves room for those who may come. Where several wait, they have come.
bool HasItsShareOut(const OrderAuthor& author, std::size_t all_waiting) {
  return author.out >= OrderTurns::kShare && author.waiting.size() == all_waiting;
}

}  // namespace

void OrderTurns::Enter(PendingOrder& order) {
  order.author = &authors_[order.entry->envelope.from()];
  order.place = ++last_place_;
  ++order.author->open;
}

void OrderTurns::Wait(PendingOrder& order) {
  order.author->waiting[order.place] = &order;
  ++waiting_;
  List(*order.author);
}

bool OrderTurns::MayPass(const PendingOrder& order) const {
  return order.author->waiting.empty() && !HasItsShareOut(*order.author, waiting_);
}

PendingOrder* OrderTurns::Next() const {
  return listed_.empty() ? nullptr : listed_.front().waiting.begin()->second;
}

void OrderTurns::GoOut(PendingOrder& order) {
  OrderAuthor& author = *order.author;
  Take(order);
  order.out = true;
  ++author.out;
  ++out_;
  Unlist(author);
  List(author);
}

void OrderTurns::ComeBack(PendingOrder& order) {
  if (!std::exchange(order.out, false)) return;
  --order.author->out;
  --out_;
  List(*order.author);
}

void OrderTurns::Exit(PendingOrder& order) {
  Take(order);
  ComeBack(order);
  --order.author->open;
}

std::size_t OrderTurns::open(std::string_view author) const {
  const auto found = authors_.find(absl::string_view(author.data(), author.size()));
  return found == authors_.end() ? 0 : found->second.open;
}

void OrderTurns::Take(PendingOrder& order) {
  OrderAuthor& author = *order.author;
  if (author.waiting.empty() || author.waiting.erase(order.place) == 0) return;
  --waiting_;
  if (author.waiting.empty()) Unlist(author);
}

void OrderTurns::List(OrderAuthor& author) {
  if (author.listed || author.waiting.empty() || HasItsShareOut(author, waiting_)) return;
  author.listed = true;
  listed_.PushBack(author);
}

void OrderTurns::Unlist(OrderAuthor& author) {
  if (std::exchange(author.listed, false)) listed_.Remove(author);
}

}  // namespace chathub
