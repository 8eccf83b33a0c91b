//! What a pack and its rules say of counting, to the way in which a window is counted in a case (LANGUAGE.md §7).
//!
//! Regime, zone and calendar come from the rule, else from the pack. A calendar may be chosen by a fact: then nothing
//! is known of it, or of its zone, before there is a case.

use super::case::{Eval, Fact, Val};
use super::count::{self, NoEnd, Notes, Regime, Way};
use super::link::{Link, bare};
use super::timing::Spot;
use super::truth::{Key, Keys};
use exequatur::syntax::ast;
use jiff::tz::TimeZone;

/// A calendar that something may choose.
pub struct Calendar<'a> {
    /// Its name.
    pub name: &'a str,
    /// The pack that declares it.
    pub pack: usize,
    /// Its days; none, if a fact may choose it and nobody declares it.
    pub decl: Option<&'a ast::CalendarDecl>,
    /// Its zone.
    pub zone: Option<TimeZone>,
}

impl<'a> Calendar<'a> {
    /// A calendar as declared.
    pub fn declared(pack: usize, decl: &'a ast::CalendarDecl) -> Calendar<'a> {
        Calendar {
            name: &decl.name.text,
            pack,
            decl: Some(decl),
            zone: decl.zone.as_ref().map(zone),
        }
    }
}

/// Which calendar counts.
#[derive(Clone, Debug)]
pub enum Choice {
    /// This one.
    Named(usize),
    /// For each member of this fact's enumeration, one.
    ByFact(usize, Vec<(String, usize)>),
}

/// Where a zone comes from, the first that says one; else it is UTC.
#[derive(Clone, Debug)]
pub struct Zones(Vec<ZoneOf>);

#[derive(Clone, Debug)]
enum ZoneOf {
    Zone(TimeZone),
    Calendar(Choice),
}

/// How the windows of a rule are counted.
#[derive(Clone, Debug)]
pub struct Counting {
    /// The text; none, if neither the rule nor its pack names one.
    pub regime: Option<Regime>,
    /// False after `no rollover`.
    pub rollover: bool,
    /// Where its zone comes from.
    pub zones: Zones,
    /// The calendar; none, if neither the rule nor its pack chooses one.
    pub calendar: Option<Choice>,
}

impl Counting {
    /// The same with the regime of an alternative, which always rolls over.
    pub fn with(&self, own: Option<&ast::Name>) -> Counting {
        let mut counting = self.clone();
        if let Some(word) = own {
            counting.regime = Some(Regime::of(&word.text));
            counting.rollover = true;
        }
        counting
    }
}

fn zone(name: &ast::Text) -> TimeZone {
    TimeZone::get(&name.en).expect("a zone of the database")
}

fn choice<'a>(link: &mut Link<'a>, pack: usize, calendar: &'a ast::CalendarRef) -> Choice {
    match calendar {
        ast::CalendarRef::Named(name) => {
            let found = find(link, pack, &name.text);
            Choice::Named(found.unwrap_or_else(|| panic!("`{}` is no calendar", name.text)))
        }
        ast::CalendarRef::ByFact(fact) => {
            let Some(Key::Fact(f)) = link.key(&fact.text) else {
                panic!("`{}` is not a fact", fact.text);
            };
            let members = link.universe(&fact.text).to_vec();
            let mut chosen = Vec::new();
            for member in members {
                let found = find(link, pack, member).unwrap_or_else(|| undeclared(link, member));
                chosen.push((member.to_string(), found));
            }
            Choice::ByFact(f, chosen)
        }
    }
}

/// The calendar of a name that is visible from a pack.
fn find(link: &Link, pack: usize, name: &str) -> Option<usize> {
    let mut scopes = link.scopes(pack, name).into_iter();
    scopes.find_map(|p| {
        let mut all = link.calendars.iter();
        all.position(|c| c.decl.is_some() && c.pack == p && c.name == bare(name))
    })
}

/// A calendar that is asked for and not there: it covers no year.
fn undeclared<'a>(link: &mut Link<'a>, name: &'a str) -> usize {
    let mut all = link.calendars.iter();
    if let Some(known) = all.position(|c| c.decl.is_none() && c.name == name) {
        return known;
    }
    link.calendars.push(Calendar {
        name,
        pack: usize::MAX,
        decl: None,
        zone: None,
    });
    link.calendars.len() - 1
}

fn own_zones<'a>(link: &mut Link<'a>, pack: usize, said: &'a ast::Counting) -> Vec<ZoneOf> {
    let mut zones = Vec::new();
    zones.extend(said.zone.as_ref().map(|z| ZoneOf::Zone(zone(z))));
    if let Some(calendar) = &said.calendar {
        zones.push(ZoneOf::Calendar(choice(link, pack, calendar)));
    }
    zones
}

/// The zones of a pack: its own, then that of its calendar.
pub fn zones<'a>(link: &mut Link<'a>, pack: usize, said: &'a ast::Counting) -> Zones {
    Zones(own_zones(link, pack, said))
}

/// The counting of a rule, its pack having been added.
pub fn of_rule<'a>(link: &mut Link<'a>, pack: usize, said: &'a ast::Counting) -> Counting {
    let header = &link.packs[pack].file.pack.counting;
    // `no rollover` is a part of the clause that names the regime.
    let clause = if said.regime.is_some() { said } else { header };
    let chosen = said.calendar.as_ref().or(header.calendar.as_ref());
    let calendar = chosen.map(|c| choice(link, pack, c));
    let mut zones = own_zones(link, pack, said);
    zones.extend(link.packs[pack].zones.0.iter().cloned());
    Counting {
        regime: clause.regime.as_ref().map(|word| Regime::of(&word.text)),
        rollover: !clause.no_rollover,
        zones: Zones(zones),
        calendar,
    }
}

impl Zones {
    /// The zone as far as it needs no case: what a fact chooses is passed over.
    pub fn fixed(&self, link: &Link) -> TimeZone {
        let zone = self.0.iter().find_map(|zone| match zone {
            ZoneOf::Zone(zone) => Some(zone.clone()),
            ZoneOf::Calendar(Choice::Named(c)) => link.calendars[*c].zone.clone(),
            ZoneOf::Calendar(Choice::ByFact(..)) => None,
        });
        zone.unwrap_or(TimeZone::UTC)
    }
}

/// What a count rests on beside its anchor.
struct Basis<'e, 'a> {
    eval: &'e Eval<'a>,
    /// What is missing.
    needs: Keys,
    /// The presumed facts that chose.
    assumed: Keys,
}

impl<'a> Basis<'_, 'a> {
    /// The calendar that is chosen, declared or not; `None` if the fact is unknown.
    fn calendar(&mut self, choice: &Choice, notes: &mut Notes) -> Option<usize> {
        match choice {
            Choice::Named(c) => Some(*c),
            Choice::ByFact(f, members) => {
                let of = |value: &Val| match value {
                    Val::Member(m) => {
                        let found = members.iter().find(|(name, _)| name == m);
                        found.map(|(_, calendar)| *calendar)
                    }
                    _ => panic!("a calendar is chosen by a member"),
                };
                match &self.eval.facts[*f] {
                    Fact::Given(value) => {
                        notes.insert("calendar by fact");
                        of(value)
                    }
                    Fact::Assumed(value) => {
                        self.assumed.insert(Key::Fact(*f));
                        notes.insert("calendar by presumed fact");
                        of(value)
                    }
                    Fact::Unknown => {
                        self.needs.insert(Key::Fact(*f));
                        notes.insert("calendar by unknown fact");
                        None
                    }
                }
            }
        }
    }

    /// The days of a calendar; one that nobody declares is what is missing.
    fn days(&mut self, c: usize, notes: &mut Notes) -> Option<&'a ast::CalendarDecl> {
        let decl = self.eval.link.calendars[c].decl;
        if decl.is_none() {
            notes.insert("no calendar of that name");
            self.needs.insert(Key::Calendar(c));
        }
        decl
    }

    fn zone(&mut self, zones: &Zones, notes: &mut Notes) -> Option<TimeZone> {
        for zone in &zones.0 {
            match zone {
                ZoneOf::Zone(zone) => return Some(zone.clone()),
                ZoneOf::Calendar(choice) => {
                    let c = self.calendar(choice, notes)?;
                    self.days(c, notes)?;
                    if let Some(zone) = &self.eval.link.calendars[c].zone {
                        notes.insert("zone of a calendar");
                        return Some(zone.clone());
                    }
                }
            }
        }
        Some(TimeZone::UTC)
    }
}

impl Eval<'_> {
    /// The end of a period that runs from an instant (or back from it); notes what it needs and rests on.
    pub fn counted(
        &self,
        t: i64,
        period: &ast::Period,
        back: bool,
        counting: &Counting,
        needs: &mut Keys,
        assumed: &mut Keys,
    ) -> Spot {
        let notes = &mut *self.notes.borrow_mut();
        let mut basis = Basis {
            eval: self,
            needs: Keys::new(),
            assumed: Keys::new(),
        };
        let at = basis.count(t, period, back, counting, notes);
        needs.extend(basis.needs);
        assumed.extend(basis.assumed);
        at.map_or(Spot::Unknown, Spot::At)
    }
}

impl Basis<'_, '_> {
    fn count(
        &mut self,
        t: i64,
        period: &ast::Period,
        back: bool,
        counting: &Counting,
        notes: &mut Notes,
    ) -> Option<i64> {
        let regime = counting.regime.expect("a period has a regime");
        let (n, unit) = (period.n.value, period.unit);
        assert!(regime.defines(unit, back), "a period that no text counts");
        let zone = match regime.needs_zone(unit, counting.rollover) {
            true => self.zone(&counting.zones, notes),
            false => Some(TimeZone::UTC),
        };
        // Both are asked for, so that all that is missing is said at once.
        let mut chosen = None;
        let mut calendar = None;
        if regime.needs_calendar(n, unit, back, counting.rollover) {
            let choice = counting.calendar.as_ref().expect("a calendar is chosen");
            chosen = self.calendar(choice, notes);
            calendar = Some(self.days(chosen?, notes)?);
        }
        notes.insert(match (regime, back) {
            (_, true) => "counted back",
            (Regime::Elapsed, _) => "elapsed",
            (Regime::Eu, _) => "1182/71",
            (Regime::Fr, _) => "code de procédure civile",
            (Regime::Us, _) => "rule 6",
        });
        let way = Way {
            regime,
            rollover: counting.rollover,
            back,
            zone: &zone?,
            calendar,
        };
        match count::end(t, period, &way, notes) {
            Ok(at) => Some(at),
            Err(NoEnd::Range) => {
                notes.insert("out of range");
                None
            }
            Err(NoEnd::Uncovered(_)) => {
                notes.insert("year not covered");
                self.needs.extend(chosen.map(Key::Calendar));
                None
            }
        }
    }
}
