//! The ceiling of a sanction (LANGUAGE.md §12).

use super::case::{Eval, Fact, Val};
use super::civil::Money;
use super::truth::{Key, Keys};
use exequatur::syntax::ast::*;

/// A ceiling as far as it is known.
#[derive(Clone, Debug)]
pub struct Amounts {
    /// One amount for each currency; `None` if a term is unknown.
    pub amounts: Option<Vec<Money>>,
    /// The facts that would settle it.
    pub needs: Keys,
    /// The presumed facts that it rests on.
    pub assumed: Keys,
}

impl Eval<'_> {
    /// Each term in minor units, and of several of one currency the larger or smaller. Currencies stand in the
    /// order in which the terms bring them.
    pub fn ceiling(&self, ceiling: &Ceiling) -> Amounts {
        let mut result = Amounts {
            amounts: None,
            needs: Keys::new(),
            assumed: Keys::new(),
        };
        let mut amounts: Vec<Money> = Vec::new();
        for term in &ceiling.terms {
            let Some(amount) = self.term(term, &mut result) else {
                continue;
            };
            match amounts.iter_mut().find(|a| a.currency == amount.currency) {
                None => amounts.push(amount),
                Some(other) => {
                    other.minor = match ceiling.choose {
                        Choose::Larger => other.minor.max(amount.minor),
                        Choose::Smaller => other.minor.min(amount.minor),
                    }
                }
            }
        }
        if result.needs.is_empty() {
            result.amounts = Some(amounts);
        }
        result
    }

    fn term(&self, term: &CeilingTerm, result: &mut Amounts) -> Option<Money> {
        let (basis_points, name) = match term {
            CeilingTerm::Amount(m) => return Some(Money::parse(&m.amount, &m.currency)),
            CeilingTerm::Percent {
                basis_points, of, ..
            } => (*basis_points, &of.text),
        };
        let Some(key @ Key::Fact(f)) = self.link.key(name) else {
            panic!("`{name}` is not a fact");
        };
        let base = match &self.facts[f] {
            Fact::Given(Val::Money(m)) => m,
            Fact::Assumed(Val::Money(m)) => {
                result.assumed.insert(key);
                m
            }
            Fact::Unknown => {
                result.needs.insert(key);
                return None;
            }
            _ => panic!("`{name}` is not an amount"),
        };
        Some(Money {
            minor: (base.minor * i128::from(basis_points)).div_euclid(10_000),
            currency: base.currency.clone(),
        })
    }
}
