// A list whose members know their neighbours: nothing is searched for and nothing allocated.
#pragma once

namespace chathub {

// Owns nothing. Its members have two pointers, `before` and `behind`, and are in one chain at most.
template <typename Member>
class Chain {
 public:
  bool empty() const { return first_ == nullptr; }
  Member& front() const { return *first_; }

  void PushBack(Member& member) {
    member.before = last_;
    member.behind = nullptr;
    (last_ == nullptr ? first_ : last_->behind) = &member;
    last_ = &member;
  }
  void PushFront(Member& member) {
    member.before = nullptr;
    member.behind = first_;
    (first_ == nullptr ? last_ : first_->before) = &member;
    first_ = &member;
  }
  void Remove(Member& member) {
    (member.before == nullptr ? first_ : member.before->behind) = member.behind;
    (member.behind == nullptr ? last_ : member.behind->before) = member.before;
  }

 private:
  Member* first_ = nullptr;
  Member* last_ = nullptr;
};

}  // namespace chathub
