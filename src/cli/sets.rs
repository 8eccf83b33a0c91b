//! The places that an expectation means by `across`.

use crate::check::ir::SetExpr;
use crate::eval::{Decision, FactSlot, FactValue};
use crate::model::{Bits, PackId};

/// Which places are in a set, and which may be.
#[derive(Clone, Copy)]
struct Places {
    yes: Bits,
    maybe: Bits,
}

/// The members that are certainly in the set; `None` if some only may be.
///
/// A named set is read at the law date of the pack, or where there is none, in its version of the day of `now`.
pub(super) fn places(decision: &Decision<'_>, pack: Option<PackId>, set: &SetExpr) -> Option<Bits> {
    let dates = decision.law_dates();
    let today = decision.now().div_euclid(crate::time::instant::DAY) as i32;
    let date = pack.and_then(|pack| dates.get(pack.index()).copied());
    let date = date.or(decision.law_date()).unwrap_or(today);
    let places = eval(decision, date, set);
    places.maybe.is_empty().then_some(places.yes)
}

fn eval(decision: &Decision<'_>, date: i32, set: &SetExpr) -> Places {
    let unknown = Places {
        yes: Bits::EMPTY,
        maybe: Bits([u64::MAX; 4]),
    };
    let known = |yes| Places {
        yes,
        maybe: Bits::EMPTY,
    };
    match set {
        SetExpr::Members(members) => known(*members),
        SetExpr::Set(set) => {
            let program = decision.program();
            let range = program.sets.at(set.index()).versions;
            let mut versions = program.set_versions.range(range.first, range.count);
            let version = versions.find(|version| version.from <= date && date < version.until);
            version.map_or(unknown, |version| known(program.members_of(version.bits)))
        }
        SetExpr::Fact(fact) => match decision.case().facts.get(fact.index()) {
            Some(FactSlot::Given(FactValue::Members(members))) => known(*members),
            _ => unknown,
        },
        SetExpr::Union(a, b) => {
            let (a, b) = (eval(decision, date, a), eval(decision, date, b));
            let yes = a.yes.union(b.yes);
            Places {
                yes,
                maybe: a.maybe.union(b.maybe).minus(yes),
            }
        }
        SetExpr::Intersect(a, b) => {
            let (a, b) = (eval(decision, date, a), eval(decision, date, b));
            let yes = a.yes.intersect(b.yes);
            let may = a.yes.union(a.maybe).intersect(b.yes.union(b.maybe));
            Places {
                yes,
                maybe: may.minus(yes),
            }
        }
        SetExpr::Minus(a, b) => {
            let (a, b) = (eval(decision, date, a), eval(decision, date, b));
            let yes = a.yes.minus(b.yes.union(b.maybe));
            let may = a.yes.union(a.maybe).minus(b.yes);
            Places {
                yes,
                maybe: may.minus(yes),
            }
        }
    }
}
