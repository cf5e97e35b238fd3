//! Hands the window's settings to Tauri, and to Windows what it has to know about the program.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    const MANIFEST: &str = "windows/app.manifest";
    println!("cargo:rerun-if-changed={MANIFEST}");
    let windows = tauri_build::WindowsAttributes::new_without_app_manifest()
        .app_manifest(std::fs::read_to_string(MANIFEST)?);
    Ok(tauri_build::try_build(
        tauri_build::Attributes::new().windows_attributes(windows),
    )?)
}
