//! Everything that begins with a digit: numbers, percentages, amounts, dates and instants.
//!
//! Invariant: a token made here without a diagnostic has exactly the shape that `docs/LANGUAGE.md` §1 gives it, so that
//! the grammar reads its value without another check.

use nom::bytes::complete::{tag, take_while, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{all_consuming, opt, recognize};
use nom::{IResult, Parser};

use super::codes;
use super::diagnostic::{Code, Diagnostic};
use super::lexer::Lexer;
use super::token::{Kind, continues_word};

/// The most digits that an amount may have: what fits a signed 64-bit number of minor units.
const MAX_AMOUNT_DIGITS: usize = 18;
/// The largest percentage, in hundredths of a percent: a hundred thousand times the whole.
const MAX_BASIS_POINTS: u64 = 1_000_000_000;

/// True if a number begins here: a digit, or a minus directly before one.
pub(super) fn begins_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
}

/// Takes a number, percentage, amount, date or instant.
pub(super) fn number(lexer: &mut Lexer<'_>) {
    let rest = lexer.rest();
    let signed = rest.starts_with('-');
    let whole_len = run(rest, usize::from(signed), |c| {
        c.is_ascii_digit() || c == '_'
    });
    let after = &rest[whole_len..];
    if !signed && (begins_date(after, '-') || begins_date(after, '/')) {
        return date_or_instant(lexer);
    }
    let mut len = whole_len;
    let mut fraction = "";
    if after.starts_with('.') && after[1..].starts_with(|c: char| c.is_ascii_digit()) {
        len = run(rest, whole_len + 1, |c| c.is_ascii_digit() || c == '_');
        fraction = &rest[whole_len + 1..len];
    }
    let text = &rest[..len];
    if !underscores_between_digits(text) {
        bad(
            lexer,
            codes::BAD_NUMBER,
            len,
            "a `_` stands only between two digits",
            "write the digits without it",
        );
    }
    let tail = &rest[len..];
    if tail.starts_with('%') {
        percent(lexer, text, fraction, signed);
    } else if let Ok((_, currency)) = currency(tail) {
        if text.bytes().filter(u8::is_ascii_digit).count() > MAX_AMOUNT_DIGITS {
            bad(
                lexer,
                codes::NUMBER_TOO_LARGE,
                len,
                "this amount is too large",
                "an amount has at most 18 digits",
            );
        }
        lexer.token(Kind::Money, len + currency.len());
    } else if tail.starts_with(continues_word) {
        let word = run(rest, len, continues_word) - len;
        let span = lexer.span(0, len + word);
        let message = format!("`{}` runs a number into a word", &rest[..len + word]);
        let insert = lexer.span(len, 0);
        lexer.report(
            Diagnostic::error(codes::BAD_NUMBER, span, message)
                .help("put a space between the two")
                .fix(insert, " "),
        );
        lexer.token(Kind::Int, len);
    } else if !fraction.is_empty() {
        let help = "a decimal point stands only in an amount (`0.50 EUR`) or a percentage (`0.5%`)";
        bad(
            lexer,
            codes::BAD_NUMBER,
            len,
            &format!("`{text}` is not a whole number"),
            help,
        );
        lexer.token(Kind::Int, len);
    } else {
        if int_value(text).is_none() {
            let help = "the largest whole number is 9223372036854775807";
            bad(
                lexer,
                codes::NUMBER_TOO_LARGE,
                len,
                "this number is too large",
                help,
            );
        }
        lexer.token(Kind::Int, len);
    }
}

/// The value of a whole number as written.
pub(super) fn int_value(text: &str) -> Option<i64> {
    text.replace('_', "").parse().ok()
}

/// The hundredths of a percent in a percentage as written.
pub(super) fn basis_points(text: &str) -> Option<u32> {
    let text = text.trim_end_matches('%').replace('_', "");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    if fraction.len() > 2 {
        return None;
    }
    let points = format!("{whole}{fraction:0<2}").parse::<u64>().ok()?;
    u32::try_from(points)
        .ok()
        .filter(|p| u64::from(*p) <= MAX_BASIS_POINTS)
}

/// The amount and the currency of an amount as written.
pub(super) fn money_parts(text: &str) -> (String, String) {
    let currency_at = text.len().saturating_sub(3);
    let (amount, currency) = text.split_at_checked(currency_at).unwrap_or((text, ""));
    (amount.trim_end().replace('_', ""), currency.to_string())
}

fn percent(lexer: &mut Lexer<'_>, text: &str, fraction: &str, signed: bool) {
    let len = text.len() + 1;
    if signed {
        bad(
            lexer,
            codes::BAD_NUMBER,
            len,
            "a percentage cannot be negative",
            "write it without the `-`",
        );
    } else if fraction.len() > 2 {
        let help = "a percentage has at most two decimals, for example `0.25%`";
        bad(
            lexer,
            codes::BAD_NUMBER,
            len,
            "this percentage has too many decimals",
            help,
        );
    } else if basis_points(text).is_none() {
        let help = "the largest percentage is 10000000%";
        bad(
            lexer,
            codes::NUMBER_TOO_LARGE,
            len,
            "this percentage is too large",
            help,
        );
    }
    lexer.token(Kind::Percent, len);
}

/// White space and three capital letters that are a word of their own.
fn currency(text: &str) -> IResult<&str, &str> {
    let (rest, found) = recognize((
        take_while1(|c| matches!(c, ' ' | '\t' | '\n' | '\r')),
        take_while_m_n(3, 3, |c: char| c.is_ascii_uppercase()),
    ))
    .parse(text)?;
    if rest.starts_with(|c| continues_word(c) || c == '/')
        || rest.starts_with('.') && !rest.starts_with("..")
    {
        return Err(nom::Err::Error(nom::error::Error::new(
            text,
            nom::error::ErrorKind::Verify,
        )));
    }
    Ok((rest, found))
}

fn begins_date(after: &str, separator: char) -> bool {
    after
        .strip_prefix(separator)
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Takes the whole run of characters that could belong to a date or an instant, then judges its shape.
fn date_or_instant(lexer: &mut Lexer<'_>) {
    let rest = lexer.rest();
    let len = run(rest, 0, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '+' | '.' | '/')
    });
    let text = &rest[..len];
    if all_consuming(date).parse(text).is_ok() {
        return lexer.token(Kind::Date, len);
    }
    if all_consuming(instant).parse(text).is_ok() {
        return lexer.token(Kind::Instant, len);
    }
    if !text.contains(['T', 't', ':']) {
        let help = "a date is written year, month, day, for example `2022-06-07`";
        bad(
            lexer,
            codes::BAD_DATE,
            len,
            &format!("`{text}` is not a date"),
            help,
        );
        return lexer.token(Kind::Date, len);
    }
    let help = "an instant is written with its offset, for example `2026-05-16T23:30+02:00` or `2026-05-16T21:30Z`";
    if all_consuming((date, char('T'), clock)).parse(text).is_ok() {
        bad(
            lexer,
            codes::BAD_INSTANT,
            len,
            &format!("the instant `{text}` has no offset from UTC"),
            help,
        );
    } else {
        bad(
            lexer,
            codes::BAD_INSTANT,
            len,
            &format!("`{text}` is not an instant"),
            help,
        );
    }
    lexer.token(Kind::Instant, len);
}

fn digits(count: usize) -> impl FnMut(&str) -> IResult<&str, &str> {
    move |text| take_while_m_n(count, count, |c: char| c.is_ascii_digit()).parse(text)
}

fn date(text: &str) -> IResult<&str, &str> {
    recognize((digits(4), char('-'), digits(2), char('-'), digits(2))).parse(text)
}

/// Hours and minutes, perhaps with seconds and a fraction.
fn clock(text: &str) -> IResult<&str, &str> {
    let fraction = (
        char('.'),
        take_while_m_n(1, 6, |c: char| c.is_ascii_digit()),
    );
    recognize((
        digits(2),
        char(':'),
        digits(2),
        opt((char(':'), digits(2), opt(fraction))),
    ))
    .parse(text)
}

fn instant(text: &str) -> IResult<&str, &str> {
    let (text_after, _) = recognize((date, tag("T"), clock)).parse(text)?;
    if let Some(rest) = text_after.strip_prefix('Z') {
        return Ok((rest, text));
    }
    recognize((one_of("+-"), digits(2), char(':'), digits(2))).parse(text_after)
}

/// The end of the run of characters of one sort that begins at `from`.
fn run(text: &str, from: usize, belongs: impl Fn(char) -> bool) -> usize {
    let taken: IResult<&str, &str> = take_while(belongs).parse(text.get(from..).unwrap_or(""));
    from + taken.map_or(0, |(_, run)| run.len())
}

fn underscores_between_digits(text: &str) -> bool {
    text.split(['.', '-'])
        .all(|part| !part.starts_with('_') && !part.ends_with('_'))
}

fn bad(lexer: &mut Lexer<'_>, code: Code, len: usize, message: &str, help: &str) {
    let span = lexer.span(0, len);
    lexer.report(Diagnostic::error(code, span, message).help(help));
}
