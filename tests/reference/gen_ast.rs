//! Short ways to write an Ast by hand or by chance.

use super::civil;
use exequatur::syntax::ast::*;
use jiff::civil as days;

/// No place: the Ast was never text.
pub const NOWHERE: Span = Span { start: 0, end: 0 };

/// A name.
pub fn name(text: impl Into<String>) -> Name {
    Name {
        text: text.into(),
        span: NOWHERE,
    }
}

/// Bare text.
pub fn text(en: impl Into<String>) -> Text {
    Text {
        en: en.into(),
        fr: None,
        span: NOWHERE,
    }
}

/// A whole number.
pub fn int(value: i64) -> Int {
    Int {
        value,
        span: NOWHERE,
    }
}

/// An amount.
pub fn money(amount: &str, currency: &str) -> Money {
    Money {
        amount: amount.to_string(),
        currency: currency.to_string(),
        span: NOWHERE,
    }
}

/// An instant.
pub fn instant(t: i64) -> Instant {
    Instant {
        text: civil::show_instant(t),
        span: NOWHERE,
    }
}

/// A date.
pub fn date(d: days::Date) -> Date {
    Date {
        year: d.year() as u16,
        month: d.month() as u8,
        day: d.day() as u8,
        span: NOWHERE,
    }
}

/// An interval of dates.
pub fn in_force(from: days::Date, until: Option<days::Date>) -> InForce {
    InForce {
        from: date(from),
        until: until.map(date),
        span: NOWHERE,
    }
}

/// A period.
pub fn period(n: i64, unit: Unit) -> Period {
    Period {
        n: int(n),
        unit,
        span: NOWHERE,
    }
}

/// A window.
pub fn window(kind: WindowKind) -> Window {
    Window {
        kind,
        span: NOWHERE,
    }
}

/// A literal set.
pub fn members(of: &[&str]) -> SetExpr {
    SetExpr::Members(of.iter().map(|m| name(*m)).collect(), NOWHERE)
}

/// A target; `of` is the whole family, if absent.
pub fn target(norm: &str, of: Option<TargetOf>) -> Target {
    Target {
        norm: name(norm),
        of,
        span: NOWHERE,
    }
}

/// An effect without modifiers.
pub fn effect(target: Option<Target>, value: EffectValue) -> Effect {
    Effect {
        target,
        value,
        across: None,
        up_to: None,
        alternatives: Vec::new(),
        span: NOWHERE,
    }
}

/// An item.
pub fn item(kind: ItemKind) -> Item {
    Item {
        kind,
        span: NOWHERE,
    }
}

/// A pack without items.
pub fn file(pack: &str, status: Option<&str>) -> File {
    File {
        pack: PackHeader {
            name: name(pack),
            title: None,
            source: None,
            status: status.map(name),
            in_force: None,
            judged_by: None,
            counting: Counting::default(),
            applies: None,
            span: NOWHERE,
        },
        items: Vec::new(),
        comments: Comments::default(),
    }
}

/// A rule with one citation, and nothing else.
pub fn rule(rule_name: &str) -> RuleDecl {
    RuleDecl {
        name: name(rule_name),
        exception_to: None,
        regardless: false,
        overrides: Vec::new(),
        title: None,
        cites: vec![Cite {
            article: text("art. 1"),
            how: Some(name("verified")),
            span: NOWHERE,
        }],
        in_force: None,
        counting: Counting::default(),
        when: None,
        then: Vec::new(),
        reason: None,
        untranslated: Vec::new(),
    }
}

/// `never NORM OUTCOME unless COND`.
pub fn never_unless(norm: &str, outcome: Deontic, cond: &Cond) -> PropertyDecl {
    PropertyDecl {
        always: false,
        target: target(norm, None),
        outcome,
        condition: Some(PropertyCond {
            unless: true,
            cond: cond.clone(),
        }),
    }
}
