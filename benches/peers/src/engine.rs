//! What the rows of the table have in common: rules and cases in, the rules that apply out.
//!
//! Invariant: an engine parses and compiles its rules once, in `load`, and puts the cases into its own form once, in
//! `prepare`; `decide` does nothing but decide. That is what the engine-form table times.

use crate::generator::{Atom, Facts};
use std::error::Error;

/// Why an engine cannot take the rules.
pub type Failure = Box<dyn Error + Send + Sync>;

/// In which form a case comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In the engine's own form, made beforehand.
    Own,
    /// As JSON text, read each time.
    Text,
}

/// A number of rules, ready to be asked about cases.
pub trait Engine {
    /// Puts the cases into the engine's own form, and into its JSON.
    fn prepare(&mut self, cases: &[Facts]) -> Result<(), Failure>;

    /// Decides one case; what comes out is kept from the optimiser, in the engine's own form.
    fn decide(&mut self, case: usize, form: Form);

    /// Decides one case as `decide` does, and gives the numbers of the rules that apply, in ascending order.
    fn applying(&mut self, case: usize, form: Form) -> Vec<u32>;
}

/// Rules to an engine.
pub type Load = fn(&[Vec<Atom>]) -> Result<Box<dyn Engine>, Failure>;

/// A case of which all is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub bools: [bool; 8],
    pub members: [usize; 8],
    pub integers: [usize; 8],
}

impl Known {
    /// The case, if it says something of each fact.
    pub fn of(facts: &Facts) -> Result<Known, Failure> {
        let partly = || Failure::from("a case leaves a fact open, which no peer knows");
        fn whole<T: Copy>(values: &[Option<T>]) -> Option<[T; 8]> {
            let values: Option<Vec<T>> = values.iter().copied().collect();
            values?.try_into().ok()
        }
        Ok(Known {
            bools: whole(&facts.bools).ok_or_else(partly)?,
            members: whole(&facts.members).ok_or_else(partly)?,
            integers: whole(&facts.integers).ok_or_else(partly)?,
        })
    }

    /// The case as flat JSON: the facts by name, members as text. Shorter than the JSON that Exequatur reads, which
    /// also has the day of the order and the name of the pack.
    pub fn json(&self) -> String {
        let bools = self.bools.iter().enumerate();
        let bools = bools.map(|(number, value)| format!("\"b{number}\":{value}"));
        let members = self.members.iter().enumerate();
        let members = members.map(|(number, value)| format!("\"e{number}\":\"m{value}\""));
        let integers = self.integers.iter().enumerate();
        let integers = integers.map(|(number, value)| format!("\"i{number}\":{value}"));
        let all: Vec<String> = bools.chain(members).chain(integers).collect();
        format!("{{{}}}", all.join(","))
    }
}

/// Members as text, quoted for the languages that write them so.
pub fn quoted(members: &[usize]) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|member| format!("\"m{member}\""))
        .collect();
    members.join(",")
}

/// The number of a member by its name.
pub fn member(name: &str) -> Result<usize, Failure> {
    let number = name
        .strip_prefix('m')
        .and_then(|number| number.parse().ok());
    number.ok_or_else(|| format!("`{name}` is no member").into())
}
