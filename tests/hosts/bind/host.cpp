// The host of host.c in C++: the same facts by their types, the same lines.
#include "rules.hpp"

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  exequatur::result<exequatur::pack> pack = rules::load_file(argv[1]);
  if (!pack) {
    std::cerr << "refused: " << pack.error().message() << "\n";
    return 1;
  }
  rules::typed_case order = std::move(rules::typed_case::make(pack.value()).value());
  order.set_order_issuer(rules::Authority::judge).value();
  order.set_order_authenticated(true).value();
  order.set_order_data({rules::Data::content, rules::Data::subscriber}).value();
  order.set_order_pages(3).value();
  order.set_order_deadline(1772445600000000).value();
  order.set_provider_turnover(exequatur::money(100000000, "EUR")).value();
  order.set_provider_region({rules::Country::IN_, rules::Country::FR}).value();
  order.happened(rules::event::order_received, 1772442000000000).value();
  order.not_happened(rules::event::content_removed).value();
  order.unknown(rules::event::data_disclosed).value();
  order.unset(rules::event::data_disclosed).value();
  exequatur::decision decision = std::move(exequatur::decision::make(pack.value()).value());
  const exequatur::instant now(1772443800000000);
  decision.decide(order, now).value();
  const exequatur::brief takedown = rules::brief(decision, rules::norm::takedown).value();
  std::cout << "takedown " << rules::allows(decision, rules::norm::takedown)
            << ", FR " << rules::allows(decision, rules::norm::takedown, rules::Country::FR)
            << ", BE " << rules::allows(decision, rules::norm::takedown, rules::Country::BE)
            << ", due " << takedown.due.at.micros
            << "; disclose " << rules::allows(decision, rules::norm::disclose_of_content) << "\n";
  pack.value().find(exequatur::kind::rule, rules::rule::house_removal).value();
  order.unknown(rules::fact::order_issuer).value();
  order.unset(rules::fact::order_pages).value();
  decision.decide(order, now).value();
  std::cout << "issuer unknown: disclose " << rules::allows(decision, rules::norm::disclose_of_content) << "\n";
}
