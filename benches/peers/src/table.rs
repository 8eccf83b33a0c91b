//! Times of turns to a table in Markdown: median, least, ratio, and how they grow with the number of rules.
//!
//! The growth exponent is the power of the number of rules by which the median grows, from the first to the last number
//! that the engine was measured with. Invariant: a cell that was not measured is a dash, never a zero.

use std::fmt::{Display, Formatter, Result};
use std::time::Duration;

/// What was measured of an engine with one number of rules.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Nanoseconds.
    median: f64,
    least: f64,
    /// How often the time of the one that is compared with.
    ratio: f64,
}

impl Row {
    /// What came of an engine's turns, and of those of the one to compare with, round by round.
    pub fn of(times: &[f64], against: &[f64]) -> Row {
        Row {
            median: middle(times.to_vec()),
            least: times.iter().copied().fold(f64::INFINITY, f64::min),
            ratio: middle(
                times
                    .iter()
                    .zip(against)
                    .map(|(own, other)| own / other)
                    .collect(),
            ),
        }
    }

    /// What was measured once.
    pub fn once(time: Duration) -> Row {
        let nanoseconds = time.as_secs_f64() * 1e9;
        Row {
            median: nanoseconds,
            least: nanoseconds,
            ratio: 1.0,
        }
    }
}

fn middle(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

pub struct Table<'t, const ENGINES: usize> {
    names: [&'t str; ENGINES],
    sizes: &'t [usize],
    cells: Vec<[Option<Row>; ENGINES]>,
}

impl<'t, const ENGINES: usize> Table<'t, ENGINES> {
    pub fn new(names: [&'t str; ENGINES], sizes: &'t [usize]) -> Self {
        let cells = vec![[None; ENGINES]; sizes.len()];
        Table {
            names,
            sizes,
            cells,
        }
    }

    pub fn set(&mut self, engine: usize, column: usize, row: Row) {
        self.cells[column][engine] = Some(row);
    }

    /// The medians alone, in so many nanoseconds.
    pub fn plainly(&self, unit: f64) -> String {
        let cell = |row: Row| figure(row.median / unit);
        let lines = self.names.iter().enumerate().map(|(engine, name)| {
            let cells = self
                .cells
                .iter()
                .map(|column| column[engine].map_or("–".to_string(), cell));
            format!(
                "| {name} | {} |\n",
                cells.collect::<Vec<String>>().join(" | ")
            )
        });
        format!("{}{}", self.head(""), lines.collect::<String>())
    }

    fn head(&self, more: &str) -> String {
        let sizes: Vec<String> = self
            .sizes
            .iter()
            .map(|size| format!("{} rules", grouped(*size)))
            .collect();
        format!(
            "| | {} |{more}\n|---{}|{}\n",
            sizes.join(" | "),
            "|---".repeat(sizes.len()),
            if more.is_empty() { "" } else { "---|" }
        )
    }

    /// By which power of the number of rules the median grows, if there are two.
    fn power(&self, engine: usize) -> Option<f64> {
        let mut found = self
            .cells
            .iter()
            .zip(self.sizes)
            .filter_map(|(cells, size)| Some((*size, cells[engine]?)));
        let (few, first) = found.next()?;
        let (many, last) = found.last()?;
        Some((last.median / first.median).ln() / (many as f64 / few as f64).ln())
    }
}

impl<const ENGINES: usize> Display for Table<'_, ENGINES> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(&self.head(" grows by the power |"))?;
        for (engine, name) in self.names.iter().enumerate() {
            write!(f, "| {name} |")?;
            for cells in &self.cells {
                match cells[engine] {
                    Some(Row {
                        median,
                        least,
                        ratio,
                    }) => {
                        write!(
                            f,
                            " {} ({}) ×{} |",
                            micro(median),
                            micro(least),
                            figure(ratio)
                        )?;
                    }
                    None => f.write_str(" – |")?,
                }
            }
            match self.power(engine) {
                Some(power) => writeln!(f, " {power:.2} |")?,
                None => f.write_str(" – |\n")?,
            }
        }
        Ok(())
    }
}

/// Nanoseconds as microseconds.
fn micro(nanoseconds: f64) -> String {
    figure(nanoseconds / 1e3)
}

/// A figure with three digits that say something.
fn figure(value: f64) -> String {
    match value {
        value if value >= 99.95 => format!("{value:.0}"),
        value if value >= 9.995 => format!("{value:.1}"),
        value if value >= 0.0995 => format!("{value:.2}"),
        value => format!("{value:.3}"),
    }
}

/// A number with commas between thousands.
fn grouped(number: usize) -> String {
    match (number / 1_000, number % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{},{rest:03}", grouped(thousands)),
    }
}
