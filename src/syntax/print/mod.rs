//! Ast to canonical text.

use super::ast::File;

/// The canonical text of a file.
pub fn print(file: &File) -> String {
    file.pack.name.text.clone()
}
