//! Newtype ids: an index into one table of a link, which cannot be mistaken for an index into another.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u16);

        impl $name {
            /// The index into its table.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

ids! {
    /// A source pack of a link, in the order of names.
    PackId
    /// An enumeration.
    EnumId
    /// A named set, whatever its version.
    SetId
    /// A fact.
    FactId
    /// An event.
    EventId
    /// A norm: one member of a family, or the norm itself.
    NormId
    /// A rule by name, whatever its version.
    RuleId
    /// One version of a rule.
    VersionId
    /// A time zone.
    ZoneId
    /// One effect of one version of a rule on one norm.
    EffectId
    /// A calendar.
    CalendarId
    /// A fact that chooses among calendars, with those that it chooses among.
    ChooserId
    /// A way to count periods.
    CountingId
}
