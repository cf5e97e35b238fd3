//! A file that no `mod` line names is not compiled, and its tests never run. This finds such files.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{File, assert_clean, files, metadata, root};

/// Source files that cargo starts from, relative to the root.
fn roots(metadata: &Value) -> BTreeSet<String> {
    let root = format!("{}/", root().to_string_lossy().replace('\\', "/"));
    let packages = metadata["packages"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    packages
        .iter()
        .filter_map(|package| package["targets"].as_array())
        .flatten()
        .filter_map(|target| target["src_path"].as_str())
        .map(|path| path.replace('\\', "/"))
        .map(|path| path.strip_prefix(&root).unwrap_or(&path).to_owned())
        .collect()
}

fn forgotten(files: &[File], roots: &BTreeSet<String>) -> Vec<String> {
    let texts: BTreeMap<&str, &str> = files
        .iter()
        .filter(|file| file.has_extension(&["rs"]))
        .map(|file| (file.path.as_str(), file.text()))
        .collect();
    texts
        .keys()
        .filter(|path| !roots.contains(**path))
        .filter(|path| !is_declared(path, &texts, roots))
        .map(|path| format!("{path} is named by no `mod` line, so it is not compiled"))
        .collect()
}

fn is_declared(path: &str, texts: &BTreeMap<&str, &str>, roots: &BTreeSet<String>) -> bool {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.trim_end_matches(".rs");
    let (folder, name) = match stem {
        "mod" => folder.rsplit_once('/').unwrap_or(("", folder)),
        _ => (folder, stem),
    };
    let mut parents = vec![format!("{folder}/mod.rs"), format!("{folder}.rs")];
    let start = format!("{folder}/");
    parents.extend(
        roots
            .iter()
            .filter(|root| {
                root.strip_prefix(&start)
                    .is_some_and(|rest| !rest.contains('/'))
            })
            .cloned(),
    );
    parents
        .iter()
        .filter_map(|parent| texts.get(parent.as_str()))
        .any(|text| text.lines().any(|line| declares(line, name)))
}

/// `mod name;` with any visibility.
fn declares(line: &str, name: &str) -> bool {
    let line = line.trim();
    let declaration = match line.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => rest.split_once(") ").map_or("", |(_, rest)| rest),
        Some(rest) => rest.trim_start(),
        None => line,
    };
    declaration
        .strip_prefix("mod ")
        .and_then(|rest| rest.strip_suffix(';'))
        == Some(name)
}

#[test]
fn every_source_file_is_compiled() {
    let roots = roots(&metadata(&["--no-deps"]));
    assert!(roots.contains("tests/suite/main.rs"), "{roots:?}");
    assert_clean(&forgotten(&files(), &roots));
}

mod can_fail {
    use super::*;

    fn check(tree: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<File> = tree
            .iter()
            .map(|(path, text)| File::new(path, text))
            .collect();
        forgotten(&files, &BTreeSet::from(["suite/main.rs".to_owned()]))
    }

    #[test]
    fn a_file_without_a_mod_line_is_found() {
        let findings = check(&[
            ("suite/main.rs", "mod flow;"),
            ("suite/flow.rs", ""),
            ("suite/lost.rs", ""),
        ]);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].starts_with("suite/lost.rs"));
    }

    #[test]
    fn both_ways_to_nest_are_known() {
        assert_clean(&check(&[
            ("suite/main.rs", "pub(crate) mod a;\npub mod b;"),
            ("suite/a.rs", "mod inner;"),
            ("suite/a/inner.rs", ""),
            ("suite/b/mod.rs", "mod inner;"),
            ("suite/b/inner.rs", ""),
        ]));
        assert_eq!(
            check(&[("suite/main.rs", ""), ("suite/b/mod.rs", "")]).len(),
            1
        );
    }

    #[test]
    fn only_a_declaration_counts() {
        assert!(declares("    mod flow;", "flow"));
        assert!(declares("pub(super) mod flow;", "flow"));
        assert!(!declares("// mod flow;", "flow"));
        assert!(!declares("mod flows;", "flow"));
        assert!(!declares("use flow;", "flow"));
    }
}
