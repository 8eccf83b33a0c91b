//! Norms, rules and effects to tables.

use super::defeat::{self, EffectRef};
use super::error::CompileError;
use super::from_ir::Lowering;
use super::pool::index;
use crate::check::ir::{Across, Alternative, Ceiling, CeilingTerm, Effect, Text, Window};
use crate::model::limits::{ALTERNATIVES_MAX, CEILING_TERMS_MAX, TABLE_MAX, WINDOWS_MAX};
use crate::model::{NormId, PackId, VersionId};
use crate::pack::format;
use crate::pack::format::*;
use crate::pack::program::currency_number;

/// Clashes of a whole link: far more than any set of rules has, and few enough to be read at once.
const CLASHES_MAX: usize = 1 << 20;

impl Lowering<'_> {
    /// Norms and their guards; their effects come later.
    pub(super) fn norms(&mut self) -> Result<(), CompileError> {
        for (number, norm) in self.ir.norms.iter().enumerate() {
            self.place = norm.place;
            let (member, label) = norm
                .member
                .and_then(|(of, member)| {
                    let members = &self.ir.enums.get(of.index())?.members;
                    let member = members.get(usize::from(member))?;
                    Some((member.name.as_str(), member.label.clone()))
                })
                .unwrap_or(("", Text::default()));
            let row = NormRow {
                name: self.strings.add(&norm.name),
                member: self.strings.add(member),
                member_label: self.strings.both(&label),
                pack: norm.pack.0,
                bearer: self.strings.add(&norm.bearer),
                action: self.strings.add(&norm.action),
                object: self.strings.add(&norm.object),
                title: self.strings.both(&norm.title),
                done: norm.done_at.map_or(NONE16, |event| event.0),
                broken: norm.broken_at.map_or(NONE16, |event| event.0),
                default: norm.default as u8,
                guard: self.cond(&norm.guards, norm.pack)?,
                effects: Range::default(),
                clashes: Range::default(),
                position: self.norm_positions.get(number).copied().unwrap_or(NONE32),
            };
            self.out.norms.push(row);
        }
        Ok(())
    }

    /// Rules and their versions; their effects come later.
    pub(super) fn versions(&mut self) -> Result<(), CompileError> {
        let mut next = 0;
        for rule in &self.ir.rules {
            let positions = rule.versions.iter().map(|version| {
                let position = self.version_positions.get(version.index()).copied();
                position.unwrap_or(NONE32).saturating_add(1)
            });
            let after = positions.max().unwrap_or(0);
            self.out.rules.push(RuleRow {
                name: self.strings.add(&rule.name),
                pack: rule.pack.0,
                versions: Range {
                    first: next,
                    count: index(rule.versions.len()),
                },
                after,
            });
            next += index(rule.versions.len());
        }
        for (number, version) in self.ir.versions.iter().enumerate() {
            self.place = version.place;
            let first_cite = index(self.out.cites.len());
            for (article, how) in &version.cites {
                self.out.cites.push(CiteRow {
                    article: self.strings.both(article),
                    how: *how as u8,
                });
            }
            let first_untranslated = index(self.out.untranslated.len());
            for text in &version.untranslated {
                let text = self.strings.both(text);
                self.out.untranslated.push(UntranslatedRow { text });
            }
            let inherits = match version.base {
                Some(base) if version.inherits => base.0,
                _ => NONE16,
            };
            let pack = self.pack_of(VersionId(id16(number)));
            let row = VersionRow {
                rule: version.rule.0,
                from: version.interval.from,
                until: version.interval.until,
                inherits,
                when: self.cond(&version.when, pack)?,
                title: self.strings.both(&version.title),
                reason: self.strings.both(&version.reason),
                cites: Range {
                    first: first_cite,
                    count: index(version.cites.len()),
                },
                untranslated: Range {
                    first: first_untranslated,
                    count: index(version.untranslated.len()),
                },
                position: self
                    .version_positions
                    .get(number)
                    .copied()
                    .unwrap_or(NONE32),
                effects: Range::default(),
            };
            self.out.versions.push(row);
        }
        Ok(())
    }

    fn pack_of(&self, version: VersionId) -> PackId {
        let rule = self.ir.versions.get(version.index()).map(|v| v.rule);
        rule.and_then(|rule| self.ir.rules.get(rule.index()))
            .map_or(PackId(NONE16), |rule| rule.pack)
    }

    /// Effects in the order of norms, and who defeats whom.
    pub(super) fn effects(&mut self) -> Result<(), CompileError> {
        let ir = self.ir;
        let mut all: Vec<EffectRef<'_>> = (0u16..)
            .zip(&ir.versions)
            .flat_map(|(id, version)| {
                let refer = move |effect| EffectRef {
                    version: VersionId(id),
                    rule: version.rule,
                    effect,
                };
                version.effects.iter().map(refer)
            })
            .collect();
        all.sort_by_key(|item| item.effect.norm);
        if all.len() > TABLE_MAX {
            return Err(CompileError::TooMany {
                what: "effects of rules on norms",
                count: all.len(),
                most: TABLE_MAX,
            });
        }
        let (mut first, mut steps) = (0, defeat::STEPS_MAX);
        for number in 0..ir.norms.len() {
            let norm = NormId(id16(number));
            let rest = all.get(first..).unwrap_or(&[]);
            let count = rest.partition_point(|item| item.effect.norm <= norm);
            let own = rest.get(..count).unwrap_or(&[]);
            self.effects_of(norm, own, id16(first), &mut steps)?;
            first += count;
        }
        Ok(())
    }

    /// The effects of one norm, which stand together from `first` on.
    fn effects_of(
        &mut self,
        norm: NormId,
        own: &[EffectRef<'_>],
        first: u16,
        steps: &mut usize,
    ) -> Result<(), CompileError> {
        let defeat = defeat::settle(self.ir, own, steps).map_err(|(what, most)| {
            let count = most + 1;
            CompileError::TooMany { what, count, most }
        })?;
        let absolute = |ids: &[u16]| -> Vec<u16> { ids.iter().map(|id| first + id).collect() };
        for (number, item) in own.iter().enumerate() {
            let mut row = self.effect(item)?;
            row.rank = u32::from(first) + defeat.rank.get(number).copied().unwrap_or(0);
            let none = Vec::new();
            row.base = self.list(absolute(defeat.base.get(number).unwrap_or(&none)));
            row.targets = self.list(absolute(defeat.targets.get(number).unwrap_or(&none)));
            let defeaters = defeat.defeaters.get(number).map_or(&[][..], |all| all);
            row.defeaters = Range {
                first: index(self.out.defeats.len()),
                count: index(defeaters.len()),
            };
            for (defeater, way) in defeaters {
                let via = Range {
                    first: index(self.out.ways.len()),
                    count: index(way.len()),
                };
                self.out
                    .ways
                    .extend(way.iter().map(|version| IdRow { id: version.0 }));
                self.out.defeats.push(DefeatRow {
                    effect: first + defeater,
                    via,
                });
            }
            self.out.effects.push(row);
        }
        let top_down = absolute(&defeat.top_down);
        let rows = top_down.into_iter().map(|id| IdRow { id });
        self.out.top_down.extend(rows);
        let first_clash = self.out.clashes.len();
        for (lifted, other, base) in &defeat.clashes {
            self.out.clashes.push(ClashRow {
                lifted: first + lifted,
                other: first + other,
                base: first + base,
            });
        }
        let count = self.out.clashes.len();
        if count > CLASHES_MAX {
            return Err(CompileError::TooMany {
                what: "possible clashes of a `lifted` with another value",
                count,
                most: CLASHES_MAX,
            });
        }
        if let Some(row) = self.out.norms.get_mut(norm.index()) {
            row.effects = Range {
                first: u32::from(first),
                count: index(own.len()),
            };
            row.clashes = Range {
                first: index(first_clash),
                count: index(count - first_clash),
            };
        }
        Ok(())
    }

    fn effect(&mut self, item: &EffectRef<'_>) -> Result<EffectRow, CompileError> {
        let Effect {
            norm,
            member,
            kind,
            unfolded,
            windows,
            across,
            up_to,
            alternatives,
            zone,
            place,
        } = item.effect;
        self.place = *place;
        self.most("this effect", windows.len(), "windows", WINDOWS_MAX)?;
        let windows = self.windows(windows)?;
        let across = match across {
            Across::Everywhere => NONE32,
            Across::Base => ACROSS_BASE,
            Across::Set(set) => {
                let pack = self.pack_of(item.version);
                self.set_expr(set, pack, self.ir.territory)?
            }
        };
        let up_to = match up_to {
            None => NONE32,
            Some(ceiling) => self.ceiling(ceiling)?,
        };
        let (member_fact, member) = member.map_or((NONE16, 0), |(fact, member)| (fact.0, member));
        Ok(EffectRow {
            norm: norm.0,
            version: item.version.0,
            kind: *kind as u8,
            unfolded: u8::from(*unfolded),
            targets: Range::default(),
            member_fact,
            member,
            windows,
            across,
            base: Range::default(),
            defeaters: Range::default(),
            up_to,
            alternatives: self.alternatives(alternatives)?,
            zone: zone.0,
            rank: 0,
        })
    }

    fn windows(&mut self, windows: &[Window]) -> Result<Range, CompileError> {
        let first = index(self.out.windows.len());
        for window in windows {
            let row = WindowRow {
                kind: window.kind as u8,
                n: window.period.map_or(0, |(period, _)| period.n),
                unit: window.period.map_or(0, |(period, _)| period.unit as u8),
                counting: window.period.map_or(NONE16, |(_, counting)| counting.0),
                anchor: self.anchor(&window.anchor)?,
            };
            self.out.windows.push(row);
        }
        let count = index(windows.len());
        Ok(Range { first, count })
    }

    /// The window of a rival reading stands after the windows of its effect.
    fn alternatives(&mut self, alternatives: &[Alternative]) -> Result<Range, CompileError> {
        let count = alternatives.len();
        self.most("this effect", count, "alternatives", ALTERNATIVES_MAX)?;
        let first = index(self.out.alternatives.len());
        for alternative in alternatives {
            let row = AlternativeRow {
                window: self
                    .windows(core::slice::from_ref(&alternative.window))?
                    .first,
                because: self.strings.both(&alternative.because),
            };
            self.out.alternatives.push(row);
        }
        let count = index(count);
        Ok(Range { first, count })
    }

    fn ceiling(&mut self, ceiling: &Ceiling) -> Result<u32, CompileError> {
        let count = ceiling.terms.len();
        self.most("this ceiling", count, "terms", CEILING_TERMS_MAX)?;
        let first = index(self.out.terms.len());
        self.out
            .terms
            .extend(ceiling.terms.iter().map(|term| match term {
                CeilingTerm::Amount(money) => TermRow {
                    fact: NONE16,
                    amount: money.minor,
                    currency: currency_number(money.currency),
                },
                CeilingTerm::Percent(hundredths, fact) => TermRow {
                    fact: fact.0,
                    amount: i64::from(*hundredths),
                    currency: 0,
                },
            }));
        self.out.ceilings.push(CeilingRow {
            terms: format::Range {
                first,
                count: index(count),
            },
            larger: u8::from(ceiling.larger),
            per_day: u8::from(ceiling.per_day),
        });
        Ok(index(self.out.ceilings.len() - 1))
    }
}

/// An id. Tables with more are refused before the pack is written.
fn id16(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(NONE16)
}
