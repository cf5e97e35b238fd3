//! Compiles the layer, against the header of the SQLite that everything else here links.

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=src/layer.c");
    // The tests that use it start their own executable again, as they do on Linux only.
    if std::env::var("CARGO_CFG_TARGET_OS")? != "linux" {
        return Ok(());
    }
    let include = PathBuf::from(std::env::var("DEP_SQLITE3_INCLUDE")?);
    cc::Build::new()
        .file("src/layer.c")
        .include(include)
        .warnings_into_errors(true)
        .link_lib_modifier("+whole-archive")
        .compile("jiugai_faults");
    Ok(())
}
