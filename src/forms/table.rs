//! What a form is made of: its fields, where each comes from, and when it is asked for.
//!
//! Invariant: this is data. A form says nothing that a table does not say, and a table names facts, events and norms by
//! the names that rules give them, so that it can be read beside the form.

/// A text in both languages.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// French.
    pub fr: &'static str,
}

/// An official form.
#[derive(Debug)]
pub struct Form {
    /// Its name, for hosts and for `exq eval --as`.
    pub name: &'static str,
    /// What it is, and by which act.
    pub basis: &'static str,
    /// The norms that call for it.
    pub norms: &'static [&'static str],
    /// Its fields, in the order of the form.
    pub fields: &'static [Field],
    /// What two fields must have in common.
    pub checks: &'static [Check],
}

/// A field.
#[derive(Debug)]
pub struct Field {
    /// Its official name; of an annex, behind the letter of its section.
    pub name: &'static str,
    /// Whether it is asked for.
    pub need: Need,
    /// True if it takes several values.
    pub many: bool,
    /// The official codes; none for a field of free text, an instant or a day.
    pub codes: &'static [&'static str],
    /// Where it comes from: the first that gives something.
    pub sources: &'static [Source],
    /// What it must keep to.
    pub limit: Option<Limit>,
    /// What is to be written where no fact can give it.
    pub write: Option<Text>,
}

/// Whether a field is asked for.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// Always.
    Required,
    /// At least one of the fields with this need.
    OneOf,
    /// Where this holds of another field; left out where it does not.
    If(Cond),
    /// It may be given.
    Optional,
    /// It may be given where this holds of another field; left out where it does not.
    Within(Cond),
}

/// What holds of another field of the form.
#[derive(Clone, Copy, Debug)]
pub enum Cond {
    /// It has this code.
    Has(&'static str, &'static str),
    /// It has one of these codes.
    HasAny(&'static str, &'static [&'static str]),
    /// It has another code than this one.
    HasOther(&'static str, &'static str),
    /// It has a value.
    Given(&'static str),
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// The members of a fact, each as the code that is its name behind this prefix.
    Members(&'static str, &'static str),
    /// The codes of the rows that hold: of all, or of the first where the field takes one value.
    Rows(&'static [Row]),
    /// The day of the first of these events that happened, by the clock of the rule that calls for the form.
    Day(&'static [&'static str]),
    /// The instant of the first of these events that happened.
    At(&'static [&'static str]),
    /// The places in which one of these norms is due.
    Places(&'static [&'static str]),
    /// The instrument and the articles of the rules by which one of these norms is due.
    Cites(&'static [&'static str]),
}

/// Codes, and what must hold for them. Of several codes the facts cannot tell which it is.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// All of these hold.
    pub when: &'static [Test],
    /// The code, or those among which the facts do not choose.
    pub then: &'static [&'static str],
}

/// What is asked of the case or the decision. What is not known does not hold.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// The fact is given as true.
    True(&'static str),
    /// The fact is given as false.
    False(&'static str),
    /// The fact is given as one of these members.
    In(&'static str, &'static [&'static str]),
    /// The fact is given, and as none of these members.
    NotIn(&'static str, &'static [&'static str]),
    /// The fact is given with this member among others.
    Includes(&'static str, &'static str),
    /// The number is given, and less than this.
    Below(&'static str, i64),
    /// The event has happened.
    Happened(&'static str),
    /// The norm is due somewhere.
    Must(&'static str),
}

/// What a value must keep to.
#[derive(Clone, Copy, Debug)]
pub enum Limit {
    /// At most so many characters.
    Chars(usize),
    /// From the first day up to the last.
    Days(&'static str, &'static str),
}

/// What two fields must have in common.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Every code of a field stands in the list that the code of another one has, or is this code, which stands in none.
    Under {
        /// The field.
        field: &'static str,
        /// The other one.
        of: &'static str,
        /// The lists.
        lists: &'static [(&'static str, &'static [&'static str])],
        /// The code that needs no list.
        but: &'static str,
    },
}

/// A field of free text that no fact gives.
pub const fn written(name: &'static str, need: Need, en: &'static str, fr: &'static str) -> Field {
    Field {
        name,
        need,
        many: false,
        codes: &[],
        sources: &[],
        limit: None,
        write: Some(Text { en, fr }),
    }
}

/// A field with codes.
pub const fn coded(
    name: &'static str,
    need: Need,
    codes: &'static [&'static str],
    sources: &'static [Source],
) -> Field {
    Field {
        name,
        need,
        many: false,
        codes,
        sources,
        limit: None,
        write: None,
    }
}

/// A field that is no code and comes from the case or the decision.
pub const fn taken(name: &'static str, need: Need, sources: &'static [Source]) -> Field {
    coded(name, need, &[], sources)
}

impl Field {
    /// The same, for several values.
    pub const fn many(mut self) -> Field {
        self.many = true;
        self
    }

    /// The same, with a limit.
    pub const fn within(mut self, limit: Limit) -> Field {
        self.limit = Some(limit);
        self
    }

    /// The same, with what is to be written where no fact gives it.
    pub const fn else_write(mut self, en: &'static str, fr: &'static str) -> Field {
        self.write = Some(Text { en, fr });
        self
    }
}
