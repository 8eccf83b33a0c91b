// One line of the queue, `{"id": "A-17", "case": {…}}`, to the order's id and the text of its case.
//
// Invariant: a line is taken as a whole or refused with a reason; nothing in it is passed over. Why no JSON library: only
// the frame is read here, and where the case ends; what is in the case is read by the engine, which is strict.
#ifndef MODERATION_ORDER_HPP
#define MODERATION_ORDER_HPP

#include <cstddef>
#include <string>

struct order {
  std::string id, facts;
};

class order_reader {
 public:
  explicit order_reader(const std::string& line) : line_(line) {}

  // The order, or false and the reason.
  bool read(order& into, std::string& why) {
    std::string name;
    bool has_id = false, has_case = false;
    if (!sign('{')) return refuse(why, "expected an object, `{`");
    do {
      if (!text(name) || !sign(':')) return refuse(why, "expected `\"id\":` or `\"case\":`");
      if (name == "id" && !has_id) {
        has_id = text(into.id);
        if (!has_id || into.id.empty()) return refuse(why, "`id`: expected a text of printable ASCII without escapes");
      } else if (name == "case" && !has_case) {
        has_case = object(into.facts);
        if (!has_case) return refuse(why, "`case`: expected an object that is closed on this line");
      } else {
        return refuse(why, "`" + name + "`: expected `id` and `case`, once each");
      }
    } while (sign(','));
    if (!sign('}')) return refuse(why, "expected `,` or `}`");
    blanks();
    if (at_ != line_.size()) return refuse(why, "expected nothing behind the object");
    if (!has_id || !has_case) return refuse(why, has_id ? "`case` is missing" : "`id` is missing");
    return true;
  }

 private:
  void blanks() {
    while (at_ < line_.size() && (line_[at_] == ' ' || line_[at_] == '\t' || line_[at_] == '\r')) ++at_;
  }
  bool sign(char expected) {
    blanks();
    if (at_ == line_.size() || line_[at_] != expected) return false;
    ++at_;
    return true;
  }
  bool text(std::string& into) {
    if (!sign('"')) return false;
    const std::size_t from = at_;
    while (at_ < line_.size() && line_[at_] >= ' ' && line_[at_] <= '~' && line_[at_] != '"' && line_[at_] != '\\') ++at_;
    into = line_.substr(from, at_ - from);
    return at_ < line_.size() && line_[at_++] == '"';
  }
  // From `{` to the `}` that closes it, texts skipped over.
  bool object(std::string& into) {
    if (!sign('{')) return false;
    const std::size_t from = at_ - 1;
    bool in_text = false;
    for (std::size_t depth = 1; at_ < line_.size(); ++at_) {
      const char c = line_[at_];
      if (in_text && c == '\\') ++at_;
      else if (c == '"') in_text = !in_text;
      else if (!in_text && c == '{') ++depth;
      else if (!in_text && c == '}' && --depth == 0) return into = line_.substr(from, ++at_ - from), true;
    }
    return false;
  }
  bool refuse(std::string& why, const std::string& reason) const {
    why = "column " + std::to_string(at_ + 1) + ": " + reason;
    return false;
  }
  const std::string& line_;
  std::size_t at_ = 0;
};

#endif  // MODERATION_ORDER_HPP
