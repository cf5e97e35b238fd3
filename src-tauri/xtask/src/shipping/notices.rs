//! The licence texts of everything inside the programs, in one file that ships with them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::stage::files;
use crate::command::{Failure, output};
use crate::npm;
use crate::workspace::Workspace;

/// Foreign sources that crates compile into the programs: the crate by the beginning of its folder,
/// the folder in it with their own licence text, their name and licence.
const INSIDE: [(&str, &str, &str, &str); 2] = [
    ("openssl-src-", "openssl", "OpenSSL", "Apache-2.0"),
    ("libsqlite3-sys-", "sqlcipher", "SQLCipher", "BSD-3-Clause"),
];

/// Reads the licence files of every crate and npm package that ships. Equal texts are printed once.
pub(super) fn collect(workspace: &Workspace) -> Result<String, Failure> {
    let mut by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut without = Vec::new();
    let mut packages = crates(workspace)?;
    packages.extend(inside()?);
    packages.extend(modules(workspace)?);
    for package in &packages {
        let texts = licence_texts(&package.folder)?;
        if texts.is_empty() {
            without.push(package.name.clone());
        }
        for text in texts {
            by_text.entry(text).or_default().push(package.name.clone());
        }
    }
    let mut parts = vec![format!(
        "本软件包含下列第三方组件（共 {} 个），各按其许可使用。许可原文在后。\n字体的许可见 fonts/NotoCJK-copyright.txt。\n",
        packages.len()
    )];
    for package in &packages {
        parts.push(format!("{}  {}\n", package.name, package.licence));
    }
    if !without.is_empty() {
        parts.push(format!(
            "\n下列组件没有附许可原文，按上面所列的许可使用：{}\n",
            without.join("、")
        ));
    }
    for (text, names) in by_text {
        parts.push(format!(
            "\n{}\n{}\n\n{text}\n",
            "=".repeat(72),
            names.join("、")
        ));
    }
    Ok(parts.concat())
}

/// One thing that ships inside.
struct Package {
    name: String,
    licence: String,
    folder: PathBuf,
}

/// The crates of both programs, for every system: the list may be too long, never too short.
fn crates(workspace: &Workspace) -> Result<Vec<Package>, Failure> {
    let listing = output(&mut workspace.cargo([
        "tree",
        "--package=jiugai-desktop",
        "--package=jiugai-cli",
        "--edges=normal",
        "--target=all",
        "--prefix=none",
        "--format={p}\t{l}",
        "--no-dedupe",
        "--locked",
    ]))
    .ok_or_else(|| Failure::new("列不出所用的 Rust 组件。", "手工运行 cargo tree 看报错。"))?;
    let sources = registry_folders();
    let mut found = BTreeMap::new();
    for line in listing.lines() {
        let Some((name, version, licence)) = registry_crate(line) else {
            continue;
        };
        let folder_name = format!("{name}-{version}");
        let Some(folder) = sources
            .iter()
            .map(|source| source.join(&folder_name))
            .find(|folder| folder.is_dir())
        else {
            return Err(Failure::new(
                format!("找不到 {folder_name} 的源代码。"),
                "先运行 cargo fetch。",
            ));
        };
        found.insert(folder_name, (licence.to_owned(), folder));
    }
    Ok(found
        .into_iter()
        .map(|(name, (licence, folder))| Package {
            name,
            licence,
            folder,
        })
        .collect())
}

/// What crates compile in.
fn inside() -> Result<Vec<Package>, Failure> {
    let crates: Vec<PathBuf> = registry_folders()
        .iter()
        .flat_map(|source| files(source).unwrap_or_default())
        .collect();
    INSIDE
        .iter()
        .map(|(start, folder, name, licence)| {
            let found = crates.iter().map(|one| one.join(folder)).find(|one| {
                let parent = one.parent().and_then(Path::file_name).unwrap_or_default();
                parent.to_string_lossy().starts_with(start) && one.is_dir()
            });
            let folder = found.ok_or_else(|| {
                Failure::new(format!("找不到 {name} 的源代码。"), "先运行 cargo fetch。")
            })?;
            Ok(Package {
                name: (*name).to_owned(),
                licence: (*licence).to_owned(),
                folder,
            })
        })
        .collect()
}

/// `serde v1.0.1 (proc-macro)<TAB>MIT` → its parts; nothing for a crate of this workspace, which has a path.
fn registry_crate(line: &str) -> Option<(&str, &str, &str)> {
    let (package, licence) = line.split_once('\t')?;
    let mut words = package.split_whitespace();
    let name = words.next()?;
    let version = words.next()?.strip_prefix('v')?;
    words
        .next()
        .is_none_or(|word| !word.starts_with("(/"))
        .then_some((name, version, licence))
}

fn registry_folders() -> Vec<PathBuf> {
    let cargo = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .unwrap_or_default();
    files(&cargo.join("registry").join("src")).unwrap_or_default()
}

/// The npm packages that reach `ui/dist`.
fn modules(workspace: &Workspace) -> Result<Vec<Package>, Failure> {
    let ui = workspace.ui();
    let listing = output(&mut npm::command(
        "npm",
        &ui,
        ["ls", "--omit=dev", "--all", "--parseable", "--long"],
    ))
    .ok_or_else(|| Failure::new("列不出所用的 npm 组件。", "在 ui 目录运行 npm ls 看报错。"))?;
    let mut found = BTreeMap::new();
    for line in listing.lines().skip(1) {
        let Some((folder, name)) = module(line) else {
            continue;
        };
        let manifest =
            fs::read_to_string(Path::new(folder).join("package.json")).unwrap_or_default();
        found.insert(
            name.to_owned(),
            (licence_of(&manifest).to_owned(), PathBuf::from(folder)),
        );
    }
    Ok(found
        .into_iter()
        .map(|(name, (licence, folder))| Package {
            name,
            licence,
            folder,
        })
        .collect())
}

/// `/ui/node_modules/vue:vue@3.5.0:…` → folder and name.
fn module(line: &str) -> Option<(&str, &str)> {
    let (folder, rest) = line.split_once(':')?;
    let name = rest.split(':').next()?;
    (!name.is_empty()).then_some((folder, name))
}

/// The value of `"license": "…"` in a manifest.
fn licence_of(manifest: &str) -> &str {
    manifest
        .split_once("\"license\"")
        .and_then(|(_, rest)| rest.split('"').nth(1))
        .unwrap_or("")
}

/// What the package itself says of its licence.
fn licence_texts(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut texts = Vec::new();
    for path in files(folder)? {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        let is_notice = ["licen", "copying", "notice", "copyright", "unlicense"]
            .iter()
            .any(|start| name.starts_with(start));
        if is_notice && path.is_file() {
            let bytes = fs::read(&path).unwrap_or_default();
            texts.push(String::from_utf8_lossy(&bytes).trim().replace("\r\n", "\n"));
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_of_the_registry_are_told_from_our_own() {
        assert_eq!(
            registry_crate("serde v1.0.229\tMIT OR Apache-2.0"),
            Some(("serde", "1.0.229", "MIT OR Apache-2.0"))
        );
        assert_eq!(
            registry_crate("serde_derive v1.0.229 (proc-macro)\tMIT"),
            Some(("serde_derive", "1.0.229", "MIT"))
        );
        assert_eq!(registry_crate("jiugai-api v0.1.0 (/a/api)\tMIT"), None);
    }

    #[test]
    fn npm_packages_are_read_with_their_licence() {
        assert_eq!(
            module("/ui/node_modules/vue:vue@3.5.0:undefined"),
            Some(("/ui/node_modules/vue", "vue@3.5.0"))
        );
        assert_eq!(licence_of(r#"{"name":"vue","license": "MIT"}"#), "MIT");
        assert_eq!(licence_of("{}"), "");
    }
}
