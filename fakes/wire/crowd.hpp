/// The connections of one thread: how many there may be, which has to go when there are too many,
/// and which have taken too long. Private to this folder.
#pragma once

#include <atomic>
#include <list>
#include <memory>

#include "fakes/wire/asio.hpp"

namespace shinsa::fakes::wire {

class Crowd : public std::enable_shared_from_this<Crowd> {
 public:
  /// A connection. The crowd keeps it alive until it leaves.
  class Member : public std::enable_shared_from_this<Member> {
   public:
    virtual ~Member() = default;
    /// It has to go, because the front closes; calls `Crowd::leave`.
    virtual void close() = 0;
    /// It has to go, for another to come.
    virtual void give_way() = 0;
    /// What it was waiting for has not come in time.
    virtual void time_is_up() = 0;

   private:
    friend class Crowd;
    std::list<std::shared_ptr<Member>>::iterator place_;
    bool is_resting_ = false;
    bool is_in_ = false;
    SteadyTime deadline_ = SteadyTime::max();
  };

  /// @param most  connections at once, 1 or more.
  /// @param tick  how often deadlines are looked at.
  Crowd(asio::io_context& context, std::size_t most, std::chrono::milliseconds tick)
      : most_(most), tick_(tick), timer_(context) {}

  /// Takes it in, at rest. Where there are too many, the one that has rested longest goes; where
  /// none rests, this one is not taken.
  bool admit(const std::shared_ptr<Member>& member);
  /// Closes the one that has rested longest, if any does.
  bool make_room();
  /// It waits for its client from now on.
  void rest(Member& member);
  /// Its client waits for us from now on.
  void work(Member& member);
  void leave(Member& member);
  /// `time_is_up` is called a little later than that, unless another deadline is set before.
  static void set_deadline(Member& member, std::chrono::milliseconds from_now) {
    member.deadline_ = std::chrono::steady_clock::now() + from_now;
  }
  static void set_no_deadline(Member& member) { member.deadline_ = SteadyTime::max(); }

  /// All go, and no other is taken.
  void close();
  /// From any thread.
  [[nodiscard]] std::size_t size() const { return size_; }
  /// The most that there were since this was last asked. From any thread.
  [[nodiscard]] std::size_t take_peak() { return peak_.exchange(size_); }

 private:
  using Members = std::list<std::shared_ptr<Member>>;
  void watch();
  void look_at_deadlines();

  std::size_t most_;
  std::chrono::milliseconds tick_;
  asio::steady_timer timer_;
  bool is_watching_ = false;
  bool is_closed_ = false;
  std::atomic<std::size_t> size_ = 0;
  std::atomic<std::size_t> peak_ = 0;
  Members resting_;  ///< the longest first
  Members working_;
};

}  // namespace shinsa::fakes::wire
