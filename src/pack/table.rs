//! Flat tables: fixed-size little-endian records, read in place.
//!
//! Invariant: reading a record never fails and never allocates; an index beyond the table gives the default
//! record, which `verify` makes unreachable. Why tables: they load by being checked, not by being built.

use core::marker::PhantomData;

/// A record of fixed size.
pub trait Record: Copy + Default {
    /// Its bytes.
    const SIZE: usize;
    /// Reads it from exactly [`Record::SIZE`] bytes; missing bytes read as zero.
    fn read(bytes: &[u8]) -> Self;
    /// Writes it.
    #[cfg(feature = "compiler")]
    fn write(&self, out: &mut Vec<u8>);
}

/// A table of records, borrowed from the pack.
#[derive(Debug)]
pub struct Table<'a, R> {
    bytes: &'a [u8],
    record: PhantomData<R>,
}

impl<R> Clone for Table<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<R> Copy for Table<'_, R> {}

impl<R> Default for Table<'_, R> {
    fn default() -> Self {
        Table {
            bytes: &[],
            record: PhantomData,
        }
    }
}

impl<'a, R: Record> Table<'a, R> {
    /// A table over bytes, of which the caller has seen that they are a whole number of records.
    pub(super) fn whole(bytes: &'a [u8]) -> Table<'a, R> {
        Table {
            bytes,
            record: PhantomData,
        }
    }

    /// How many records it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len() / R::SIZE
    }

    /// True if it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The record with this index; the default one beyond the end.
    #[must_use]
    #[cfg_attr(not(feature = "small"), inline(always))]
    #[cfg_attr(feature = "small", inline(never))]
    pub fn at(&self, index: usize) -> R {
        let start = index.saturating_mul(R::SIZE);
        match self.bytes.get(start..start.saturating_add(R::SIZE)) {
            Some(bytes) => R::read(bytes),
            None => R::default(),
        }
    }

    /// The bytes of each record of a range, in order; none if the range is not within the table.
    #[must_use]
    #[inline]
    pub fn rows<const SIZE: usize>(&self, first: u32, count: u32) -> &'a [[u8; SIZE]] {
        const { assert!(SIZE == R::SIZE, "records have another size") };
        let (first, count) = (first as usize, count as usize);
        let rows = self.bytes.as_chunks().0;
        rows.get(first..first.saturating_add(count)).unwrap_or(&[])
    }

    /// All records, in order.
    pub fn iter(self) -> impl Iterator<Item = R> + 'a
    where
        R: 'a,
    {
        (0..self.len()).map(move |index| self.at(index))
    }

    /// The records of a range, in order; none beyond the end.
    pub fn range(self, first: u32, count: u32) -> impl Iterator<Item = R> + 'a
    where
        R: 'a,
    {
        let first = first as usize;
        (first..first.saturating_add(count as usize).min(self.len()))
            .map(move |index| self.at(index))
    }
}

/// The bytes of a table.
#[cfg(feature = "compiler")]
pub(super) fn bytes<R: Record>(rows: &[R]) -> Vec<u8> {
    let mut out = Vec::with_capacity(rows.len() * R::SIZE);
    for row in rows {
        row.write(&mut out);
    }
    out
}

/// A field of a record.
pub trait Field: Copy + Default {
    /// Its bytes.
    const SIZE: usize;
    /// Reads it from the front of `bytes`, and moves on.
    fn take(bytes: &mut &[u8]) -> Self;
    /// Writes it.
    #[cfg(feature = "compiler")]
    fn put(&self, out: &mut Vec<u8>);
}

macro_rules! number_fields {
    ($($number:ty)+) => {$(
        impl Field for $number {
            const SIZE: usize = size_of::<$number>();
            #[inline(always)]
            fn take(bytes: &mut &[u8]) -> Self {
                match bytes.split_first_chunk() {
                    Some((first, rest)) => {
                        *bytes = rest;
                        <$number>::from_le_bytes(*first)
                    }
                    None => 0,
                }
            }
            #[cfg(feature = "compiler")]
            fn put(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
        }
    )+};
}

number_fields!(u8 u16 u32 u64 i32 i64);

macro_rules! records {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $ty:ty,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name { $($(#[$fdoc])* pub $field: $ty,)+ }

        impl $crate::pack::table::Field for $name {
            const SIZE: usize = 0 $(+ <$ty as $crate::pack::table::Field>::SIZE)+;
            #[inline(always)]
            fn take(bytes: &mut &[u8]) -> Self {
                $name { $($field: <$ty as $crate::pack::table::Field>::take(bytes),)+ }
            }
            #[cfg(feature = "compiler")]
            fn put(&self, out: &mut Vec<u8>) {
                $(<$ty as $crate::pack::table::Field>::put(&self.$field, out);)+
            }
        }

        impl $crate::pack::table::Record for $name {
            const SIZE: usize = <$name as $crate::pack::table::Field>::SIZE;
            #[inline(always)]
            fn read(mut bytes: &[u8]) -> Self {
                <$name as $crate::pack::table::Field>::take(&mut bytes)
            }
            #[cfg(feature = "compiler")]
            fn write(&self, out: &mut Vec<u8>) {
                <$name as $crate::pack::table::Field>::put(self, out);
            }
        }
    )+};
}
pub(crate) use records;
