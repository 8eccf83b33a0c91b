//! The records of a pack: the specification of the format, as types.
//!
//! A reference into another table is its index; [`NONE16`] and [`NONE32`] stand for "none". A range is a first
//! index and a count. Every reference, range and enumerated number is verified once, when a pack is loaded.

pub use super::op::{Op, OperandKind};
use super::table::records;

/// "None", in 16 bits.
pub const NONE16: u16 = u16::MAX;
/// "None", in 32 bits.
pub const NONE32: u32 = u32::MAX;
/// In [`EffectRow::across`]: the territory of the base's effects on the same norm.
pub const ACROSS_BASE: u32 = u32::MAX - 1;

records! {
    /// A range of the string pool, in bytes.
    Str {
        /// Its first byte.
        start: u32,
        /// How many bytes.
        len: u32,
    }
    /// Text in both languages.
    Text {
        /// English.
        en: Str,
        /// French.
        fr: Str,
    }
    /// A range of another table.
    Range {
        /// The first index.
        first: u32,
        /// How many.
        count: u32,
    }
    /// A source pack.
    PackRow {
        /// Its name.
        name: Str,
        /// Its title.
        title: Text,
        /// The instrument.
        source: Text,
        /// A [`crate::model::PackStatus`].
        status: u8,
        /// 1 if it was adopted when the pack was built.
        adopted: u8,
        /// 1 if the pack, its rules, or the sets they read are dated.
        dated: u8,
        /// Its zone.
        zone: u16,
        /// The event whose date is the law date, or none.
        judged_by: u16,
        /// In force from this day.
        from: i32,
        /// In force until before this day.
        until: i32,
        /// A condition, or none.
        applies: u32,
        /// The versions of its rules.
        versions: Range,
        /// The days on which a version of something in it begins or is gone, ascending.
        days: Range,
    }
    /// An enumeration.
    EnumRow {
        /// Its name.
        name: Str,
        /// Its members.
        members: Range,
    }
    /// A member of an enumeration.
    MemberRow {
        /// Its name.
        name: Str,
        /// Its label.
        label: Text,
    }
    /// A named set.
    SetRow {
        /// Its name.
        name: Str,
        /// The enumeration of its members.
        of: u16,
        /// Its versions.
        versions: Range,
    }
    /// A version of a named set.
    SetVersionRow {
        /// In force from this day.
        from: i32,
        /// In force until before this day.
        until: i32,
        /// Its members: an index into the bits.
        bits: u32,
    }
    /// A set of members.
    BitsRow {
        /// Members 0 to 63.
        a: u64,
        /// Members 64 to 127.
        b: u64,
        /// Members 128 to 191.
        c: u64,
        /// Members 192 to 255.
        d: u64,
    }
    /// A fact.
    FactRow {
        /// Its name.
        name: Str,
        /// 0 bool, 1 enumeration, 2 set, 3 integer, 4 money, 5 instant.
        ty: u8,
        /// The enumeration, for 1 and 2.
        of: u16,
        /// The least value of an integer.
        least: i64,
        /// The greatest value of an integer.
        most: i64,
        /// 1 if it is presumed.
        presumed: u8,
        /// The presumed value: 0 or 1, the member, the integer, the minor units or the instant.
        value: i64,
        /// The currency of a presumed amount: its letters, the first one lowest.
        currency: u32,
        /// The presumed set: an index into the bits, or none.
        bits: u32,
        /// Its question.
        ask: Text,
        /// Its key of the index, or none.
        key: u16,
    }
    /// An event.
    EventRow {
        /// Its name.
        name: Str,
        /// Its question.
        ask: Text,
        /// Its key of the index, or none.
        key: u16,
    }
    /// A norm.
    NormRow {
        /// The name of the norm or family.
        name: Str,
        /// The member of the family; empty for none.
        member: Str,
        /// The label of the member; empty for none.
        member_label: Text,
        /// Its pack.
        pack: u16,
        /// Who.
        bearer: Str,
        /// Does what.
        action: Str,
        /// To what.
        object: Str,
        /// Its title.
        title: Text,
        /// The event that performs it, or none.
        done: u16,
        /// The event that violates it, or none.
        broken: u16,
        /// Its default: a [`crate::model::Outcome`], at most `must_not`.
        default: u8,
        /// The condition that guards it, or none.
        guard: u32,
        /// Its effects, in the order of rules.
        effects: Range,
        /// Its clashes.
        clashes: Range,
        /// Its step in the schedule.
        position: u32,
    }
    /// A rule by name.
    RuleRow {
        /// Its name, without its pack.
        name: Str,
        /// Its pack.
        pack: u16,
        /// Its versions.
        versions: Range,
        /// The first step of the schedule at which all its versions are evaluated.
        after: u32,
    }
    /// A version of a rule.
    VersionRow {
        /// Its rule.
        rule: u16,
        /// In force from this day.
        from: i32,
        /// In force until before this day.
        until: i32,
        /// The base rule whose condition it inherits, or none.
        inherits: u16,
        /// Its own condition, or none.
        when: u32,
        /// Its title.
        title: Text,
        /// Its reason.
        reason: Text,
        /// Its citations.
        cites: Range,
        /// What is not modelled.
        untranslated: Range,
        /// Its step in the schedule.
        position: u32,
        /// Its effects (ids in `said`).
        effects: Range,
    }
    /// A citation.
    CiteRow {
        /// The article.
        article: Text,
        /// A [`crate::model::Verification`].
        how: u8,
    }
    /// What is not modelled.
    UntranslatedRow {
        /// Its text.
        text: Text,
    }
    /// An effect on one norm. Effects stand in the order of norms, then of rules, versions and writing.
    EffectRow {
        /// Its norm.
        norm: u16,
        /// Its version.
        version: u16,
        /// A [`crate::model::Kind`].
        kind: u8,
        /// The set fact that must include the member, or none.
        member_fact: u16,
        /// The member.
        member: u16,
        /// Its windows.
        windows: Range,
        /// A set expression, [`ACROSS_BASE`], or none for everywhere.
        across: u32,
        /// For [`ACROSS_BASE`]: the base's effects on the norm (ids in the lists).
        base: Range,
        /// 1 for one of `then lifted`, which is there only with an effect of a target.
        unfolded: u8,
        /// For one of `then lifted`: the targets' effects on the norm (ids in the lists).
        targets: Range,
        /// What would defeat it, in the order of effects.
        defeaters: Range,
        /// A ceiling, or none.
        up_to: u32,
        /// Rival readings.
        alternatives: Range,
        /// The zone of its rule, as far as no fact chooses it.
        zone: u16,
        /// Where it stands in `top_down`.
        rank: u32,
    }
    /// An id in a list: of a calendar, an effect, or a norm. The lists stand in the order of those who own them: choosers
    /// (calendars), nodes of conditions (norms), then effects (base, then targets), then properties. `top_down` is a table
    /// of its own.
    IdRow {
        /// The id.
        id: u16,
    }
    /// An effect that would defeat another, if the versions on the way are present.
    DefeatRow {
        /// The effect that defeats.
        effect: u16,
        /// The versions between the two rules (in the ways), if it stands above more than the next one.
        via: Range,
    }
    /// A `lifted` and a sibling with another value, which clash while an effect that both target is active.
    ClashRow {
        /// The effect that lifts.
        lifted: u16,
        /// The sibling.
        other: u16,
        /// The effect that both target.
        base: u16,
    }
    /// A calendar.
    CalendarRow {
        /// Its name, without its pack.
        name: Str,
        /// Its zone, or none.
        zone: u16,
        /// Its weekend: bit 0 is Monday, bit 6 Sunday.
        weekend: u8,
        /// The first year that it covers.
        first: i32,
        /// The last one; for a calendar that a fact may choose and nobody declares, 1 to 0: it covers none.
        last: i32,
        /// Its holidays: a range of bytes, as [`crate::time::Calendar`] reads them.
        holidays: Range,
        /// The names of its holidays.
        names: Range,
    }
    /// The name of a holiday.
    HolidayNameRow {
        /// Its text.
        text: Text,
    }
    /// A fact that chooses among calendars.
    ChooserRow {
        /// A fact with one member of an enumeration.
        fact: u16,
        /// For each member the calendar of its name (ids in the lists).
        calendars: Range,
    }
    /// A way to count periods.
    CountingRow {
        /// A [`crate::time::Regime`].
        regime: u8,
        /// 0 for `no rollover`.
        rollover: u8,
        /// The calendar, or none.
        calendar: u16,
        /// The chooser of the calendar, or none.
        chooser: u16,
        /// The chooser whose calendar says the zone, or none.
        zone_by: u16,
        /// The chooser that is asked next, or none.
        zone_then: u16,
        /// The zone, where no chosen calendar says one.
        zone: u16,
    }
    /// A window.
    WindowRow {
        /// A [`crate::model::WindowKind`].
        kind: u8,
        /// How many units; 0 where it has no period.
        n: u32,
        /// A [`crate::model::Unit`].
        unit: u8,
        /// How its period is counted; none where it has no period.
        counting: u16,
        /// Its anchor.
        anchor: u32,
    }
    /// An anchor: a range of its nodes, in postfix order.
    AnchorRow {
        /// Its nodes.
        nodes: Range,
    }
    /// A node of an anchor.
    AnchorNodeRow {
        /// 0 event, 1 instant fact, 2 latest, 3 earliest.
        op: u8,
        /// The event or fact; for 2 and 3 how many operands.
        arg: u16,
    }
    /// A rival reading.
    AlternativeRow {
        /// Its window: an index.
        window: u32,
        /// Why.
        because: Text,
    }
    /// A ceiling.
    CeilingRow {
        /// Its terms.
        terms: Range,
        /// 1 for the larger, 0 for the smaller.
        larger: u8,
        /// 1 for `per day`.
        per_day: u8,
    }
    /// A term of a ceiling.
    TermRow {
        /// The fact of which it is a percentage, or none for an amount.
        fact: u16,
        /// Minor units, or hundredths of a percent.
        amount: i64,
        /// The currency of an amount.
        currency: u32,
    }
    /// A condition: a range of its nodes in postfix order, and the pack at whose law date sets are read.
    CondRow {
        /// Its nodes.
        nodes: Range,
        /// Its pack.
        pack: u16,
        /// The first step of the schedule at which all norms that it looks at are settled; 0 if it looks at none.
        after: u32,
    }
    /// A node of a condition.
    NodeRow {
        /// An [`Op`].
        op: u8,
        /// A comparison, or for `happened` 1 if strict.
        flag: u8,
        /// A fact, event, rule, or number of operands.
        a: u16,
        /// A member, set expression, operand, or the first of a list of norms.
        b: u32,
        /// A set expression, operand, or the number of norms; for `in` the number of members.
        c: u32,
        /// How many nodes the subtree has that ends here.
        size: u32,
    }
    /// An operand of a comparison.
    OperandRow {
        /// An [`OperandKind`].
        kind: u8,
        /// The fact or event.
        id: u16,
        /// The literal.
        value: i64,
        /// The currency of a literal amount.
        currency: u32,
        /// 1 if the offset goes back.
        minus: u8,
        /// How many units of offset; 0 for none.
        n: u32,
        /// The unit of the offset.
        unit: u8,
        /// The zone of the offset.
        zone: u16,
    }
    /// A set expression: a range of its nodes in postfix order, and the pack at whose law date sets are read.
    SetExprRow {
        /// Its nodes.
        nodes: Range,
        /// Its pack.
        pack: u16,
        /// The enumeration of its members, or none if it is made of literals that tell nothing of it.
        of: u16,
    }
    /// A node of a set expression.
    SetNodeRow {
        /// 0 members, 1 named set, 2 set fact, 3 union, 4 intersect, 5 minus.
        op: u8,
        /// An index into the bits, a set, or a fact.
        arg: u32,
    }
    /// A zone.
    ZoneRow {
        /// Its name.
        name: Str,
        /// Its offset before its first change, in seconds.
        initial: i32,
        /// Its changes: a range of bytes.
        changes: Range,
    }
    /// A `never` or `always`.
    PropertyRow {
        /// Its pack.
        pack: u16,
        /// 1 for `always`.
        always: u8,
        /// 1 for `unless`.
        unless: u8,
        /// An outcome.
        outcome: u8,
        /// The norms (ids in the lists).
        norms: Range,
        /// A condition, or none.
        cond: u32,
        /// As written.
        text: Str,
    }
    /// A step of the schedule.
    StepRow {
        /// 0 for a version, 1 for a norm.
        kind: u8,
        /// Its id.
        id: u16,
    }
    /// A day on which a version of something begins or is gone, in days since 1970-01-01.
    DayRow {
        /// The day.
        day: i32,
    }
    /// A fact or event by which the index tells cases apart. Keys stand in the order in which they are looked at.
    KeyRow {
        /// A [`super::index::KeyKind`].
        kind: u8,
        /// The fact or event.
        id: u16,
        /// For an integer: where its cells begin, but for the first.
        cuts: Range,
        /// Its cells: for a fact or event that is given, which versions it leaves possible.
        cells: Range,
        /// The column of the versions that read it.
        read_by: u32,
    }
    /// The least integer of a cell.
    CutRow {
        /// The integer.
        least: i64,
    }
    /// A cell of a key.
    CellRow {
        /// The column of the steps that a value in it does not rule out.
        column: u32,
    }
    /// What evaluation needs to have ready.
    BoundsRow {
        /// Nodes of the longest condition.
        nodes: u32,
        /// Parts of a norm, at most.
        parts: u32,
        /// Effects of a norm, at most.
        effects: u32,
        /// Entries of an answer (an effect in a part), at most.
        entries: u32,
        /// Parts of an answer, at most.
        results: u32,
        /// The number of places: the members of the territory, or 1.
        places: u16,
    }
}
