//! `exq build` and `exq schema`: rules to a pack, rules to the JSON Schema of their cases.

use serde_json::json;

use super::args::Args;
use super::{Done, Format, Stop, World, link, tally};
use crate::json::{hex, schema_for};

/// Compiles rules and writes the pack.
pub(super) fn run(args: &Args, world: &World<'_>) -> Result<Done, Stop> {
    let link = link(&args.paths, &args.adopt)?;
    if link.ir.is_none() {
        return Err(Stop::Call(
            "a compiled pack is built already, give sources".to_string(),
        ));
    }
    let Some(file) = &args.output else {
        return Err(Stop::Call("`exq build` needs `-o FILE`".to_string()));
    };
    let pack = link.pack()?;
    let digest = hex(&pack.digest());
    std::fs::write(file, &link.bytes)
        .map_err(|error| Stop::Call(format!("cannot write `{}`: {error}", file.display())))?;
    let warnings = link.warnings();
    let mut err = String::new();
    if !link.warnings.is_empty() {
        err = warnings.render(args.format, world.colour_err);
        if args.format == Format::Text {
            err.push_str(&format!("{}\n", tally(warnings.count())));
        }
    }
    let bytes = link.bytes.len();
    let out = match args.format {
        Format::Text => format!("{}: {bytes} bytes, digest {digest}\n", file.display()),
        Format::Json => format!(
            "{:#}\n",
            json!({ "file": file.display().to_string(), "bytes": bytes, "digest": digest })
        ),
    };
    Ok(Done {
        out,
        err,
        status: 0,
    })
}

/// Writes the schema of cases.
pub(super) fn schema(args: &Args) -> Result<Done, Stop> {
    let link = link(&args.paths, &[])?;
    let pack = link.pack()?;
    Ok(Done {
        out: format!("{:#}\n", schema_for(pack.program())),
        ..Done::default()
    })
}
