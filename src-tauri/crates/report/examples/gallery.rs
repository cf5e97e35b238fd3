//! Writes every chart and every paper, plain, empty and extreme, into a folder to be looked
//! at: `cargo run -p jiugai-report --example gallery -- OUTDIR`.

#[path = "gallery/mod.rs"]
mod gallery;

use std::error::Error;
use std::path::{Path, PathBuf};

use gallery::{changes, figures, office};
use jiugai_report::charts::{grouped_bars, paired_dots, ranked_bars, share_bars, slope, waterfall};
use jiugai_report::documents::render_one_pager;
use jiugai_report::{Fonts, svg_to_png};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("usage: gallery OUTDIR")?);
    std::fs::create_dir_all(&folder)?;
    let fonts = Fonts::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts"))?;
    for (name, chart) in figures::dots() {
        save_picture(
            &folder,
            &format!("dots-{name}"),
            &paired_dots(&chart),
            &fonts,
        )?;
    }
    for (name, chart) in figures::shares() {
        save_picture(
            &folder,
            &format!("shares-{name}"),
            &share_bars(&chart),
            &fonts,
        )?;
    }
    for (name, chart) in figures::ranks() {
        save_picture(
            &folder,
            &format!("ranks-{name}"),
            &ranked_bars(&chart),
            &fonts,
        )?;
    }
    for (name, chart) in figures::bars() {
        save_picture(
            &folder,
            &format!("bars-{name}"),
            &grouped_bars(&chart),
            &fonts,
        )?;
    }
    for (name, chart) in changes::waterfalls() {
        save_picture(
            &folder,
            &format!("waterfall-{name}"),
            &waterfall(&chart),
            &fonts,
        )?;
    }
    for (name, chart) in changes::slopes() {
        save_picture(&folder, &format!("slope-{name}"), &slope(&chart), &fonts)?;
    }
    for (name, chart) in changes::money() {
        save_picture(
            &folder,
            &format!("money-{name}"),
            &grouped_bars(&chart),
            &fonts,
        )?;
    }
    for (name, paper) in figures::papers() {
        let printed = render_one_pager(&paper, &fonts)?;
        std::fs::write(folder.join(format!("one-pager-{name}.pdf")), &printed.pdf)?;
        for (page, svg) in printed.pages.iter().enumerate() {
            std::fs::write(
                folder.join(format!("one-pager-{name}-{}.svg", page + 1)),
                svg,
            )?;
        }
        std::fs::write(
            folder.join(format!("one-pager-{name}.txt")),
            printed.texts.join("\n"),
        )?;
    }
    for (name, document) in office::papers() {
        let composed = document.compose(&fonts)?;
        std::fs::write(folder.join(format!("{name}.pdf")), composed.pdf()?)?;
        std::fs::write(
            folder.join(format!("{name}.txt")),
            composed.texts.join("\n"),
        )?;
        if let Some(docx) = document.docx(&fonts)? {
            std::fs::write(folder.join(format!("{name}.docx")), docx)?;
        }
    }
    Ok(())
}

fn save_picture(folder: &Path, name: &str, svg: &str, fonts: &Fonts) -> Result<(), Box<dyn Error>> {
    std::fs::write(folder.join(format!("{name}.svg")), svg)?;
    std::fs::write(
        folder.join(format!("{name}.png")),
        svg_to_png(svg, 2, fonts)?,
    )?;
    Ok(())
}
