//! Rules: their head and their clauses.
//!
//! Invariant: clauses may come in any order; one that may stand once and stands twice is reported, and the first one
//! counts.

use nom::Parser;

use super::super::ast::{Cite, Counting, RuleDecl};
use super::super::input::{P, Tokens, unexpected};
use super::super::token::Kind;
use super::super::words::{
    Seen, commas, end, identifier, in_force, item_ahead, name, need, next_clause, phrase, text,
};
use super::{conditions, counting_clause, effects, keep};

/// `rule NAME … end`.
pub fn rule(start: Tokens<'_>) -> P<'_, RuleDecl> {
    const CLAUSES: &str = "a clause of the rule (`title`, `cites`, `in`, `counting`, `zone`, `calendar`, `when`, `then`, \
                           `reason`, `untranslated`) or `end`";
    const WORDS: &[&str] = &[
        "title",
        "cites",
        "in",
        "counting",
        "zone",
        "calendar",
        "when",
        "then",
        "reason",
        "untranslated",
    ];
    let (mut input, rule_name) = need(name("the name of the rule")).parse(start.next())?;
    let mut rule = RuleDecl {
        name: rule_name,
        exception_to: None,
        regardless: false,
        overrides: Vec::new(),
        title: None,
        cites: Vec::new(),
        in_force: None,
        counting: Counting::default(),
        when: None,
        then: Vec::new(),
        reason: None,
        untranslated: Vec::new(),
    };
    if input.text(0) == "exception" {
        let (rest, _) = phrase(&["exception", "to"]).parse(input)?;
        input = keep(
            &mut rule.exception_to,
            need(name("the name of a rule")).parse(rest)?,
        );
        if input.text(0) == "regardless" {
            rule.regardless = true;
            input = input.next();
        }
    }
    if input.text(0) == "overrides" {
        (input, rule.overrides) = commas(name("the name of a rule"), input.next())?;
    }
    let head = start.span_to(input);
    let mut seen = Seen::default();
    loop {
        input = match clause(input, &mut rule, &mut seen) {
            Ok((rest, true)) => rest,
            Ok((_, false))
                if input.text(0) == "end"
                    || input.peek(0).kind == Kind::End
                    || item_ahead(input) =>
            {
                break;
            }
            Ok((_, false)) => next_clause(input, unexpected(input, CLAUSES), WORDS)?.0,
            Err(error) => next_clause(input, error, WORDS)?.0,
        };
    }
    let (input, ()) = end(
        input,
        &format!("the rule `{}`", rule.name.text),
        head,
        CLAUSES,
    )?;
    Ok((input, rule))
}

/// One clause, if one stands here.
fn clause<'a>(input: Tokens<'a>, rule: &mut RuleDecl, seen: &mut Seen) -> P<'a, bool> {
    let (clause, rest) = match input.text(0) {
        "title" => (
            "title",
            keep(&mut rule.title, need(text).parse(input.next())?),
        ),
        "in" => ("in force", keep(&mut rule.in_force, in_force(input)?)),
        "when" => (
            "when",
            keep(&mut rule.when, conditions::condition(input.next())?),
        ),
        "reason" => (
            "reason",
            keep(&mut rule.reason, need(text).parse(input.next())?),
        ),
        "then" => {
            let (rest, effects) = effects::effects(input.next())?;
            if rule.then.is_empty() {
                rule.then = effects;
            }
            ("then", rest)
        }
        "cites" => {
            let (rest, cite) = cite(input)?;
            rule.cites.push(cite);
            return Ok((rest, true));
        }
        "untranslated" => {
            let (rest, what) = need(text).parse(input.next())?;
            rule.untranslated.push(what);
            return Ok((rest, true));
        }
        _ => return counting_clause(input, &mut rule.counting, seen),
    };
    seen.once(clause, input, rest);
    Ok((rest, true))
}

/// `cites "art. 3(3)" verified`. The word is left out by authors who have not checked; that is for `check` to judge.
fn cite(start: Tokens<'_>) -> P<'_, Cite> {
    let (mut input, article) = need(text).parse(start.next())?;
    let mut how = None;
    if input.peek(0).kind == Kind::Name {
        let (rest, word) = identifier("how the citation was checked").parse(input)?;
        (input, how) = (rest, Some(word));
    }
    Ok((
        input,
        Cite {
            article,
            how,
            span: start.span_to(input),
        },
    ))
}
