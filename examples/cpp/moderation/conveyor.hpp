// Lines in, reports out in the same order, with workers in between who finish when they finish.
//
// Invariant: every line that enters leaves exactly once, as the report of its number; at most `room` are inside, so that
// one slow order neither lets the others pile up nor lets them overtake it. Why one lock for all: an order is held for
// a moment only, and is decided outside of it.
#ifndef MODERATION_CONVEYOR_HPP
#define MODERATION_CONVEYOR_HPP

#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <queue>
#include <string>
#include <utility>

template <class Report>
class conveyor {
 public:
  struct job {
    std::size_t number = 0;
    std::string line;
  };

  explicit conveyor(std::size_t room) : room_(room) {}
  conveyor(const conveyor&) = delete;
  conveyor& operator=(const conveyor&) = delete;

  // Puts a line on the belt; waits while there is no room.
  void enter(std::string line) {
    std::unique_lock<std::mutex> lock(mutex_);
    left_.wait(lock, [this] { return entered_ - written_ < room_; });
    job one;
    one.number = entered_++;
    one.line = std::move(line);
    waiting_.push(std::move(one));
    entered_one_.notify_one();
  }
  // No more lines will come.
  void close() {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
    entered_one_.notify_all();
    done_.notify_all();
  }
  // The next line for a worker; false when there will be none.
  bool take(job& into) {
    std::unique_lock<std::mutex> lock(mutex_);
    entered_one_.wait(lock, [this] { return !waiting_.empty() || closed_; });
    if (waiting_.empty()) return false;
    into = std::move(waiting_.front());
    waiting_.pop();
    return true;
  }
  // What a worker made of the line with this number.
  void finish(std::size_t number, Report report) {
    const std::lock_guard<std::mutex> lock(mutex_);
    finished_.insert(std::make_pair(number, std::move(report)));
    done_.notify_one();
  }
  // The next report in the order of the lines; false when all are out.
  bool leave(Report& into) {
    std::unique_lock<std::mutex> lock(mutex_);
    done_.wait(lock, [this] { return next() != finished_.end() || (closed_ && written_ == entered_); });
    if (next() == finished_.end()) return false;
    into = std::move(next()->second);
    finished_.erase(next());
    ++written_;
    left_.notify_one();
    return true;
  }

 private:
  typename std::map<std::size_t, Report>::iterator next() { return finished_.find(written_); }

  const std::size_t room_;
  std::mutex mutex_;
  std::condition_variable entered_one_, done_, left_;
  std::queue<job> waiting_;
  std::map<std::size_t, Report> finished_;
  std::size_t entered_ = 0, written_ = 0;
  bool closed_ = false;
};

#endif  // MODERATION_CONVEYOR_HPP
