//! Parts of a line: everything that is smaller than a clause, on one line.
//!
//! Invariant: parentheses stand exactly where the grammar needs them to read the same tree again.

use super::super::ast::{
    Anchor, Ceiling, CeilingTerm, Choose, CompareOp, Cond, Date, Deontic, InForce, Member, Money,
    Name, Offset, Operand, Period, SetExpr, Target, TargetOf, Text, Type, Unit, Value, Window,
    WindowKind,
};

/// Text for people, with its quotes.
pub fn text(text: &Text) -> String {
    match &text.fr {
        Some(fr) => format!("en {} fr {}", quoted(&text.en), quoted(fr)),
        None => quoted(&text.en),
    }
}

fn quoted(text: &str) -> String {
    let inner = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    format!("\"{inner}\"")
}

pub fn date(date: &Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

pub fn money(money: &Money) -> String {
    format!("{} {}", money.amount, money.currency)
}

pub fn in_force(clause: &InForce) -> String {
    let until = clause
        .until
        .as_ref()
        .map_or(String::new(), |d| format!(" until {}", date(d)));
    format!("in force from {}{until}", date(&clause.from))
}

pub fn names(names: &[Name]) -> String {
    names
        .iter()
        .map(|n| n.text.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Members in a condition, without spaces inside the braces, as they are part of a sentence.
pub fn braces(members: &[Name]) -> String {
    format!("{{{}}}", names(members))
}

pub fn member(member: &Member) -> String {
    match &member.label {
        Some(label) => format!("{} {}", member.name.text, text(label)),
        None => member.name.text.clone(),
    }
}

pub fn fact_type(ty: &Type) -> String {
    match ty {
        Type::Bool => "bool".to_string(),
        Type::Enum(name) => name.text.clone(),
        Type::SetOf(name) => format!("set of {}", name.text),
        Type::Int(low, high) => format!("int {}..={}", low.value, high.value),
        Type::Money => "money".to_string(),
        Type::Instant => "instant".to_string(),
    }
}

pub fn value(value: &Value) -> String {
    match value {
        Value::Bool(true, _) => "true".to_string(),
        Value::Bool(false, _) => "false".to_string(),
        Value::Member(name) => name.text.clone(),
        Value::Members(names, _) => braces(names),
        Value::Int(n) => n.value.to_string(),
        Value::Money(m) => money(m),
        Value::Instant(t) => t.text.clone(),
    }
}

pub fn deontic(deontic: Deontic) -> &'static str {
    match deontic {
        Deontic::Must => "must",
        Deontic::May => "may",
        Deontic::MustNot => "must not",
    }
}

pub fn target(target: &Target) -> String {
    match &target.of {
        Some(of) => format!("{} of {}", target.norm.text, target_of(of)),
        None => target.norm.text.clone(),
    }
}

pub fn target_of(of: &TargetOf) -> String {
    match of {
        TargetOf::Members(names) => braces(names),
        TargetOf::Name(name) => name.text.clone(),
    }
}

pub fn period(period: &Period) -> String {
    let plural = if period.n.value == 1 { "" } else { "s" };
    format!("{} {}{plural}", period.n.value, unit(period.unit))
}

/// One of a unit.
pub fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Minute => "minute",
        Unit::Hour => "hour",
        Unit::Day => "day",
        Unit::WorkingDay => "working day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Year => "year",
    }
}

pub fn window(window: &Window) -> String {
    match &window.kind {
        WindowKind::Within(p, a) => format!("within {} of {}", period(p), anchor(a)),
        WindowKind::InLessThan(p, a) => format!("in less than {} of {}", period(p), anchor(a)),
        WindowKind::By(a) => format!("by {}", anchor(a)),
        WindowKind::NoEarlier(p, a) => format!("no earlier than {} from {}", period(p), anchor(a)),
        WindowKind::AtEnd(p, a) => format!("at end of {} from {}", period(p), anchor(a)),
        WindowKind::For(p, a) => format!("for {} from {}", period(p), anchor(a)),
        WindowKind::Until(a) => format!("until {}", anchor(a)),
        WindowKind::UndueDelay(a) => format!("without undue delay from {}", anchor(a)),
        WindowKind::Expeditiously(a) => format!("expeditiously from {}", anchor(a)),
        WindowKind::AtLeastBefore(p, a) => format!("at least {} before {}", period(p), anchor(a)),
    }
}

pub fn anchor(a: &Anchor) -> String {
    let list = |anchors: &[Anchor]| anchors.iter().map(anchor).collect::<Vec<_>>().join(", ");
    match a {
        Anchor::Name(name) => name.text.clone(),
        Anchor::Latest(anchors, _) => format!("latest({})", list(anchors)),
        Anchor::Earliest(anchors, _) => format!("earliest({})", list(anchors)),
    }
}

pub fn ceiling(ceiling: &Ceiling) -> String {
    let terms: Vec<String> = ceiling.terms.iter().map(ceiling_term).collect();
    let per_day = if ceiling.per_day { " per day" } else { "" };
    match (ceiling.choose, terms.as_slice()) {
        (Choose::Larger, [term]) => format!("{term}{per_day}"),
        (Choose::Larger, _) => format!("larger of ({}){per_day}", terms.join(", ")),
        (Choose::Smaller, _) => format!("smaller of ({}){per_day}", terms.join(", ")),
    }
}

pub fn ceiling_term(term: &CeilingTerm) -> String {
    match term {
        CeilingTerm::Amount(amount) => money(amount),
        CeilingTerm::Percent {
            basis_points, of, ..
        } => {
            let (whole, hundredths) = (basis_points / 100, basis_points % 100);
            let percent = match hundredths {
                0 => format!("{whole}"),
                h if h % 10 == 0 => format!("{whole}.{}", h / 10),
                h => format!("{whole}.{h:02}"),
            };
            format!("{percent}% of {}", of.text)
        }
    }
}

/// True for a condition that needs parentheses inside another.
pub fn is_group(cond: &Cond) -> bool {
    matches!(cond, Cond::And(_) | Cond::Or(_))
}

pub fn cond(c: &Cond) -> String {
    let inner = |c: &Cond| {
        if is_group(c) {
            format!("({})", cond(c))
        } else {
            cond(c)
        }
    };
    let joined =
        |parts: &[Cond], joiner: &str| parts.iter().map(inner).collect::<Vec<_>>().join(joiner);
    let on = |target_: &Option<Target>| {
        target_
            .as_ref()
            .map_or(String::new(), |t| format!(" on {}", target(t)))
    };
    match c {
        Cond::And(parts) => joined(parts, " and "),
        Cond::Or(parts) => joined(parts, " or "),
        Cond::Not(part, _) => format!("not {}", inner(part)),
        Cond::Name(name) => name.text.clone(),
        Cond::Is {
            fact,
            negated,
            value: v,
        } => {
            format!(
                "{} is {}{}",
                fact.text,
                if *negated { "not " } else { "" },
                value(v)
            )
        }
        Cond::In(fact, of) => format!("{} in {}", fact.text, set(of)),
        Cond::Includes(fact, member) => format!("{} includes {}", fact.text, member.text),
        Cond::Meets(fact, of) => format!("{} meets {}", fact.text, set(of)),
        Cond::Compare(left, op, right) => {
            let op = match op {
                CompareOp::Lt => "<",
                CompareOp::Le => "<=",
                CompareOp::Gt => ">",
                CompareOp::Ge => ">=",
            };
            format!("{} {op} {}", operand(left), operand(right))
        }
        Cond::Happened(event, _) => format!("happened {}", event.text),
        Cond::Known(fact, _) => format!("known {}", fact.text),
        Cond::Missed(rule, norm, _) => format!("missed {}{}", rule.text, on(norm)),
        Cond::Met(rule, norm, _) => format!("met {}{}", rule.text, on(norm)),
    }
}

pub fn operand(operand: &Operand) -> String {
    match operand {
        Operand::Int(n) => n.value.to_string(),
        Operand::Money(m) => money(m),
        Operand::Instant(t) => t.text.clone(),
        Operand::Now(offset, _) => format!("now{}", self::offset(offset)),
        Operand::Name(name, offset) => format!("{}{}", name.text, self::offset(offset)),
    }
}

fn offset(offset: &Option<Offset>) -> String {
    offset
        .as_ref()
        .map_or(String::new(), |offset| format!(" {}", far(offset)))
}

/// `+ 12 hours`.
pub fn far(offset: &Offset) -> String {
    let sign = if offset.minus { '-' } else { '+' };
    format!("{sign} {}", period(&offset.period))
}

pub fn set(s: &SetExpr) -> String {
    let (left, right, word) = match s {
        SetExpr::Members(names, _) => return braces(names),
        SetExpr::Name(name) => return name.text.clone(),
        SetExpr::Union(a, b) => (a, b, "union"),
        SetExpr::Intersect(a, b) => (a, b, "intersect"),
        SetExpr::Minus(a, b) => (a, b, "minus"),
    };
    let plain = |s: &SetExpr| matches!(s, SetExpr::Members(..) | SetExpr::Name(_));
    // Chains associate to the left, but `minus` makes no chain.
    let chained = matches!(
        (s, left.as_ref()),
        (SetExpr::Union(..), SetExpr::Union(..)) | (SetExpr::Intersect(..), SetExpr::Intersect(..))
    );
    let wrapped = |s: &SetExpr, bare: bool| {
        if bare {
            set(s)
        } else {
            format!("({})", set(s))
        }
    };
    format!(
        "{} {word} {}",
        wrapped(left, chained || plain(left)),
        wrapped(right, plain(right))
    )
}
