//! Rules, norms, effects and properties.

use super::{Check, Checked, Owned, Row};
use crate::model::limits::{ALTERNATIVES_MAX, CEILING_TERMS_MAX, WINDOWS_MAX};
use crate::model::{Kind, Outcome, WindowKind};
use crate::pack::format::{
    ACROSS_BASE, EffectRow, NONE16, NONE32, NormRow, Range, VersionRow, WindowRow,
};
use crate::time::Direction;

/// Whose rows come next, while effects are read in order.
struct Cursors<'l> {
    effects: Owned,
    defeats: Owned,
    ways: Owned,
    clashes: Owned,
    windows: Owned,
    alternatives: Owned,
    lists: &'l mut Owned,
}

impl Check<'_, '_> {
    /// Rules in the order of packs, versions in the order of rules.
    pub(super) fn rules(self) -> Checked {
        let mut versions = Owned::new("versions");
        let mut cites = Owned::new("cites");
        let mut untranslated = Owned::new("untranslated");
        let mut last = 0;
        for (number, rule) in self.p.rules.iter().enumerate() {
            let at = Row("rules", number);
            self.str(at, rule.name)?;
            at.index(rule.pack, self.p.packs.len(), "there is no such pack")?;
            at.holds(
                last <= rule.pack,
                "rules do not stand in the order of packs",
            )?;
            last = rule.pack;
            versions.take(at, rule.versions)?;
            let rows = self
                .p
                .versions
                .range(rule.versions.first, rule.versions.count);
            let mut after = 0;
            for (version, row) in (rule.versions.first as usize..).zip(rows) {
                let at = Row("versions", version);
                let own = usize::from(row.rule) == number;
                at.holds(own, "a version is of another rule")?;
                cites.take(at, row.cites)?;
                untranslated.take(at, row.untranslated)?;
                self.version(at, &row, rule.pack)?;
                after = after.max(row.position.saturating_add(1));
            }
            at.holds(
                rule.after == after,
                "it does not stand after its own versions",
            )?;
        }
        versions.end(self.p.versions.len())?;
        cites.end(self.p.cites.len())?;
        untranslated.end(self.p.untranslated.len())
    }

    fn version(self, at: Row, row: &VersionRow, pack: u16) -> Checked {
        at.interval(row.from, row.until)?;
        self.text(at, row.title)?;
        self.text(at, row.reason)?;
        self.cond(at, row.when, pack)?;
        let applies = self.p.packs.at(usize::from(pack)).applies;
        let none = "there is no such rule";
        at.index_or_none(row.inherits, self.p.rules.len(), none)?;
        let base = match row.inherits {
            NONE16 => 0,
            base => self.p.rules.at(usize::from(base)).after,
        };
        let after = base.max(self.after(row.when)).max(self.after(applies));
        at.holds(
            after <= row.position,
            "it is evaluated before what its condition needs",
        )
    }

    /// Norms, and their effects in their order.
    pub(super) fn norms(self, lists: &mut Owned) -> Checked {
        self.ceilings()?;
        Row("top_down", self.p.top_down.len()).holds(
            self.p.top_down.len() == self.p.effects.len(),
            "it does not have one row for each effect",
        )?;
        let mut cursors = Cursors {
            effects: Owned::new("effects"),
            defeats: Owned::new("defeats"),
            ways: Owned::new("ways"),
            clashes: Owned::new("clashes"),
            windows: Owned::new("windows"),
            alternatives: Owned::new("alternatives"),
            lists,
        };
        for (number, row) in self.p.norms.iter().enumerate() {
            self.norm(number, &row, &mut cursors)?;
        }
        cursors.effects.end(self.p.effects.len())?;
        cursors.defeats.end(self.p.defeats.len())?;
        cursors.ways.end(self.p.ways.len())?;
        cursors.clashes.end(self.p.clashes.len())?;
        cursors.windows.end(self.p.windows.len())?;
        cursors.alternatives.end(self.p.alternatives.len())
    }

    fn norm(self, number: usize, row: &NormRow, cursors: &mut Cursors<'_>) -> Checked {
        let at = Row("norms", number);
        for text in [row.name, row.member, row.bearer, row.action, row.object] {
            self.str(at, text)?;
        }
        self.text(at, row.title)?;
        self.text(at, row.member_label)?;
        at.index(row.pack, self.p.packs.len(), "there is no such pack")?;
        let none = "there is no such event";
        at.index_or_none(row.done, self.p.events.len(), none)?;
        at.index_or_none(row.broken, self.p.events.len(), none)?;
        let default = Outcome::from_u8(row.default);
        at.holds(
            row.default <= Outcome::MustNot as u8,
            "a default is no value of a norm",
        )?;
        self.cond(at, row.guard, row.pack)?;
        if row.guard != NONE32 {
            at.holds(
                default == Some(Outcome::MustNot),
                "a protected norm is not prohibited by default",
            )?;
            at.holds(
                self.after(row.guard) == 0,
                "a guard looks at what became of a norm",
            )?;
        }
        cursors.effects.take(at, row.effects)?;
        let effects = self.p.effects.range(row.effects.first, row.effects.count);
        let mut last = 0;
        for (id, effect) in (row.effects.first as usize..).zip(effects) {
            let at = Row("effects", id);
            let own = usize::from(effect.norm) == number;
            at.holds(own, "an effect is on another norm")?;
            let ordered = last <= effect.version;
            at.holds(ordered, "effects do not stand in the order of rules")?;
            last = effect.version;
            self.effect(at, &effect, row, cursors)?;
        }
        cursors.clashes.take(at, row.clashes)?;
        self.clashes(row)
    }

    fn effect(
        self,
        at: Row,
        row: &EffectRow,
        norm: &NormRow,
        cursors: &mut Cursors<'_>,
    ) -> Checked {
        let Row(_, id) = at;
        at.index(
            row.version,
            self.p.versions.len(),
            "there is no such version",
        )?;
        let version = self.p.versions.at(usize::from(row.version));
        at.holds(
            version.position < norm.position,
            "its norm is settled before its rule is evaluated",
        )?;
        if row.member_fact == NONE16 {
            at.holds(row.member == 0, "a member is of no fact")?;
        } else {
            self.fact(at, row.member_fact, 2)?;
            let of = self.p.facts.at(usize::from(row.member_fact)).of;
            let members = usize::from(self.members(of));
            at.index(row.member, members, "there is no such member")?;
        }
        at.index(row.zone, self.p.zones.len(), "there is no such zone")?;
        if row.up_to != NONE32 {
            let ceilings = self.p.ceilings.len();
            at.index(row.up_to, ceilings, "there is no such ceiling")?;
        }
        if row.across != NONE32 && row.across != ACROSS_BASE {
            at.holds(self.p.territory != NONE16, "there is no territory")?;
            let pack = self.p.rules.at(usize::from(version.rule)).pack;
            self.set_use(at, row.across, pack, self.p.territory)?;
        }
        self.windows(at, row, cursors)?;
        let rank = row.rank as usize;
        at.holds(
            in_range(row.rank, norm.effects) && usize::from(self.p.top_down.at(rank).id) == id,
            "it does not stand in the order from the top where it says",
        )?;
        at.holds(
            row.across == ACROSS_BASE || row.base.count == 0,
            "it has the territory of a base that it does not take",
        )?;
        at.holds(
            row.unfolded == u8::from(row.targets.count > 0),
            "it lifts what is not there, or has targets without lifting all",
        )?;
        for range in [row.base, row.targets] {
            cursors.lists.take(at, range)?;
            let mut next = 0;
            for item in self.p.lists.range(range.first, range.count) {
                let id = u32::from(item.id);
                at.holds(next <= id, "a list of effects is not in order")?;
                next = id + 1;
                self.related(at, row, norm, item.id, |own, other| own.rank < other.rank)?;
            }
        }
        cursors.defeats.take(at, row.defeaters)?;
        let mut next = 0;
        for defeat in self
            .p
            .defeats
            .range(row.defeaters.first, row.defeaters.count)
        {
            at.holds(next <= defeat.effect, "a list of effects is not in order")?;
            next = defeat.effect;
            self.related(at, row, norm, defeat.effect, |own, other| {
                own.rank > other.rank
            })?;
            cursors.ways.take(at, defeat.via)?;
            for version in self.p.ways.range(defeat.via.first, defeat.via.count) {
                at.index(
                    version.id,
                    self.p.versions.len(),
                    "there is no such version",
                )?;
            }
        }
        Ok(())
    }

    /// An effect on the same norm, of another rule, on the right side in the order from the top: what defeats
    /// stands above, what lends its territory below, so neither can go round in circles.
    fn related(
        self,
        at: Row,
        own: &EffectRow,
        norm: &NormRow,
        other: u16,
        on_its_side: impl Fn(&EffectRow, &EffectRow) -> bool,
    ) -> Checked {
        let rule = |effect: &EffectRow| self.p.versions.at(usize::from(effect.version)).rule;
        at.holds(
            in_range(u32::from(other), norm.effects),
            "an effect is related to one on another norm",
        )?;
        let other = self.p.effects.at(usize::from(other));
        at.holds(
            on_its_side(own, &other),
            "related effects stand the wrong way round",
        )?;
        at.holds(
            rule(own) != rule(&other),
            "an effect is related to one of its own rule",
        )
    }

    /// The windows of an effect, then one for each of its alternatives.
    fn windows(self, at: Row, row: &EffectRow, cursors: &mut Cursors<'_>) -> Checked {
        cursors.windows.take(at, row.windows)?;
        let count = row.windows.count as usize;
        at.holds(count <= WINDOWS_MAX, "an effect has too many windows")?;
        let (mut lasting, mut not_before, mut open) = (0, 0, 0);
        for window in self.p.windows.range(row.windows.first, row.windows.count) {
            match self.window(at, &window)? {
                WindowKind::For | WindowKind::Until => lasting += 1,
                WindowKind::NoEarlier | WindowKind::AtEnd => not_before += 1,
                WindowKind::UndueDelay | WindowKind::Expeditiously => open += 1,
                WindowKind::Within
                | WindowKind::InLessThan
                | WindowKind::By
                | WindowKind::AtLeastBefore => {}
            }
        }
        let fits = match Kind::from_u8(row.kind) {
            Some(Kind::Must) => {
                let only = match lasting {
                    0 => true,
                    1 => count == 1,
                    _ => false,
                };
                not_before <= 1 && open <= 1 && only
            }
            Some(Kind::May) => count <= 1 && open == 0,
            Some(Kind::MustNot) => count <= 1 && lasting == count,
            Some(Kind::Lifted) => count == 0,
            None => false,
        };
        at.holds(fits, "an effect has windows that its kind cannot have")?;
        cursors.alternatives.take(at, row.alternatives)?;
        let count = row.alternatives.count as usize;
        at.holds(
            count <= ALTERNATIVES_MAX,
            "an effect has too many alternatives",
        )?;
        let (first, count) = (row.alternatives.first, row.alternatives.count);
        for alternative in self.p.alternatives.range(first, count) {
            let window = Range {
                first: alternative.window,
                count: 1,
            };
            cursors.windows.take(at, window)?;
            self.window(at, &self.p.windows.at(alternative.window as usize))?;
            self.text(at, alternative.because)?;
        }
        Ok(())
    }

    fn window(self, at: Row, row: &WindowRow) -> Result<WindowKind, super::Broken> {
        let kind = WindowKind::from_u8(row.kind);
        at.holds(kind.is_some(), "there is no such window")?;
        at.index(row.anchor, self.p.anchors.len(), "there is no such anchor")?;
        let kind = kind.unwrap_or(WindowKind::By);
        match kind {
            WindowKind::By
            | WindowKind::Until
            | WindowKind::UndueDelay
            | WindowKind::Expeditiously => {
                let none = (row.n, row.unit, row.counting) == (0, 0, NONE16);
                at.holds(none, "a window has a period that it cannot have")?;
            }
            WindowKind::Within
            | WindowKind::InLessThan
            | WindowKind::NoEarlier
            | WindowKind::AtEnd
            | WindowKind::AtLeastBefore
            | WindowKind::For => {
                at.period(row.n, row.unit)?;
                self.counted(at, row, Direction::of(kind))?;
            }
        }
        Ok(kind)
    }

    /// A `lifted` and another value of two rules, ascending.
    fn clashes(self, norm: &NormRow) -> Checked {
        let range = norm.clashes;
        let rows = self.p.clashes.range(range.first, range.count);
        let mut last = None;
        for (number, row) in (range.first as usize..).zip(rows) {
            let at = Row("clashes", number);
            for id in [row.lifted, row.other, row.base] {
                at.holds(
                    in_range(u32::from(id), norm.effects),
                    "a clash is of effects on another norm",
                )?;
            }
            let lifted = self.p.effects.at(usize::from(row.lifted));
            let other = self.p.effects.at(usize::from(row.other));
            let rule = |effect: &EffectRow| self.p.versions.at(usize::from(effect.version)).rule;
            at.holds(
                lifted.kind == Kind::Lifted as u8
                    && other.kind != Kind::Lifted as u8
                    && rule(&lifted) != rule(&other),
                "a clash is not of a `lifted` with another value",
            )?;
            let key = (row.lifted, row.other, row.base);
            at.holds(last < Some(key), "clashes are not in order")?;
            last = Some(key);
        }
        Ok(())
    }

    fn ceilings(self) -> Checked {
        let mut terms = Owned::new("terms");
        for (number, row) in self.p.ceilings.iter().enumerate() {
            let at = Row("ceilings", number);
            terms.take(at, row.terms)?;
            at.flag(row.larger)?;
            at.flag(row.per_day)?;
            let count = row.terms.count as usize;
            at.holds(
                (1..=CEILING_TERMS_MAX).contains(&count),
                "a ceiling has no terms, or too many",
            )?;
        }
        terms.end(self.p.terms.len())?;
        for (number, row) in self.p.terms.iter().enumerate() {
            let at = Row("terms", number);
            if row.fact == NONE16 {
                at.currency(row.currency)?;
            } else {
                self.fact(at, row.fact, 4)?;
                at.holds(
                    row.currency == 0 && u32::try_from(row.amount).is_ok(),
                    "a percentage is out of range",
                )?;
            }
        }
        Ok(())
    }

    /// `never` and `always`.
    pub(super) fn properties(self, lists: &mut Owned) -> Checked {
        for (number, row) in self.p.properties.iter().enumerate() {
            let at = Row("properties", number);
            at.index(row.pack, self.p.packs.len(), "there is no such pack")?;
            at.flag(row.always)?;
            at.flag(row.unless)?;
            let outcome = Outcome::from_u8(row.outcome);
            at.holds(
                matches!(
                    outcome,
                    Some(Outcome::May | Outcome::Must | Outcome::MustNot)
                ),
                "a property is of no value",
            )?;
            self.cond(at, row.cond, row.pack)?;
            self.str(at, row.text)?;
            lists.take(at, row.norms)?;
            for item in self.p.lists.range(row.norms.first, row.norms.count) {
                at.index(item.id, self.p.norms.len(), "there is no such norm")?;
            }
        }
        Ok(())
    }
}

/// True if the id is in the range.
fn in_range(id: u32, range: Range) -> bool {
    id.checked_sub(range.first)
        .is_some_and(|offset| offset < range.count)
}
