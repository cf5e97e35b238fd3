//! The icons in every size, from `icons/icon.svg`.

use std::path::Path;
use std::process::Command;

use crate::command::{Failure, run};
use crate::workspace::Workspace;

const PICTURES: [(&str, u32); 4] = [
    ("32x32.png", 32),
    ("128x128.png", 128),
    ("128x128@2x.png", 256),
    ("icon.png", 512),
];

/// Sizes inside `icon.ico`, from the title bar to the large tiles of Explorer.
const ICO_SIZES: [u32; 6] = [16, 24, 32, 48, 64, 256];

const ADVICE: &str =
    "需要 rsvg-convert 和 ImageMagick：sudo apt-get install librsvg2-bin imagemagick";

/// Draws every picture anew. Needs `rsvg-convert` and ImageMagick, which nothing else here asks for together.
pub(crate) fn make(workspace: &Workspace) -> Result<(), Failure> {
    let folder = workspace.root.join("icons");
    for (name, size) in PICTURES {
        run(&mut draw(&folder, size, &folder.join(name)), ADVICE)?;
    }
    let scratch = std::env::temp_dir().join(format!("jiugai-icons-{}", std::process::id()));
    std::fs::create_dir_all(&scratch)
        .map_err(|cause| Failure::new(format!("无法建立临时目录：{cause}"), "请检查磁盘空间。"))?;
    let parts: Vec<_> = ICO_SIZES
        .iter()
        .map(|size| scratch.join(format!("{size}.png")))
        .collect();
    let joined = ICO_SIZES
        .iter()
        .zip(&parts)
        .try_for_each(|(&size, part)| run(&mut draw(&folder, size, part), ADVICE))
        .and_then(|()| {
            run(
                Command::new("convert")
                    .args(&parts)
                    .arg(folder.join("icon.ico")),
                ADVICE,
            )
        });
    let side = joined.and_then(|()| installer_side(workspace, &scratch));
    std::fs::remove_dir_all(&scratch).ok();
    side
}

/// The picture beside the installer's first and last page, in the one form that it reads.
fn installer_side(workspace: &Workspace, scratch: &Path) -> Result<(), Failure> {
    let folder = workspace.root.join("src-tauri").join("windows");
    let drawn = scratch.join("welcome.png");
    run(
        Command::new("rsvg-convert")
            .args(["-w", "164", "-h", "314"])
            .arg(folder.join("welcome.svg"))
            .arg("-o")
            .arg(&drawn),
        ADVICE,
    )?;
    let mut to = std::ffi::OsString::from("BMP3:");
    to.push(folder.join("welcome.bmp"));
    run(
        Command::new("convert")
            .arg(&drawn)
            .args(["-type", "TrueColor"])
            .arg(to),
        ADVICE,
    )
}

fn draw(folder: &Path, size: u32, to: &Path) -> Command {
    let size = size.to_string();
    let mut command = Command::new("rsvg-convert");
    command
        .args(["-w", &size, "-h", &size])
        .arg(folder.join("icon.svg"))
        .arg("-o")
        .arg(to);
    command
}
