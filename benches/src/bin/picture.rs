//! Draws the picture of `RESULTS.md`, `results.svg` beside it.

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let results = fs::read_to_string(folder.join("RESULTS.md"))?;
    fs::write(folder.join("results.svg"), tl_benches::picture::draw(&results)?)?;
    Ok(())
}
