//! What Windows has to know about the command line program: manifest, icon, version, description.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    const MANIFEST: &str = "../../windows/app.manifest";
    const ICON: &str = "../../../icons/icon.ico";
    println!("cargo:rerun-if-changed={MANIFEST}");
    println!("cargo:rerun-if-changed={ICON}");
    if std::env::var("CARGO_CFG_TARGET_OS")? != "windows" {
        return Ok(());
    }
    tauri_winres::WindowsResource::new()
        .set_manifest_file(MANIFEST)
        .set_icon(ICON)
        .set("ProductName", "旧改一本账")
        .set("FileDescription", "旧改一本账（命令行）")
        .set("CompanyName", "旧改一本账")
        .set("LegalCopyright", "MIT 许可证")
        .compile()?;
    Ok(())
}
