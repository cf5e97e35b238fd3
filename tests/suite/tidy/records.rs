//! What is written once and stays: migrations, decision records, the changelog.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::{File, assert_clean, files};

const MIGRATIONS: &str = "src-tauri/crates/storage/migrations/";
const DECISIONS: &str = "src-tauri/docs/adr/";

/// `## version` headings, each followed by `sha256  NN-name/up.sql` lines of what it was the first to ship.
const SHIPPED: &str = include_str!("shipped-migrations.txt");

/// SHA-256 in hexadecimal, the same for either line ending.
fn fingerprint(text: &str) -> String {
    let digest = Sha256::digest(text.replace("\r\n", "\n").as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Migrations of the tree by folder name.
fn migrations(files: &[File]) -> BTreeMap<&str, &str> {
    files
        .iter()
        .filter_map(|file| Some((file.path.strip_prefix(MIGRATIONS)?, file.text())))
        .filter_map(|(path, text)| Some((path.strip_suffix("/up.sql")?, text)))
        .collect()
}

fn malformed_migrations(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    let folders: BTreeSet<&str> = files
        .iter()
        .filter_map(|file| file.path.strip_prefix(MIGRATIONS)?.split_once('/'))
        .map(|(folder, _)| folder)
        .collect();
    if folders.is_empty() {
        findings.push(format!("{MIGRATIONS} holds no migration"));
    }
    let present = migrations(files);
    for (position, folder) in folders.iter().enumerate() {
        if number(folder) != Some(position + 1) {
            findings.push(format!("{folder} should begin with {:02}-", position + 1));
        }
        if present
            .get(folder)
            .is_none_or(|text| text.trim().is_empty())
        {
            findings.push(format!("{folder} has no up.sql"));
        }
    }
    findings
}

fn changed_migrations(files: &[File], shipped: &str, changelog: &str) -> Vec<String> {
    let present = migrations(files);
    let mut findings = Vec::new();
    let mut last_shipped = 0;
    for (hash, path) in shipped.lines().filter_map(|line| line.split_once("  ")) {
        let folder = path.trim().trim_end_matches("/up.sql");
        match present.get(folder) {
            Some(text) if fingerprint(text) == hash => {}
            Some(_) => {
                findings.push(format!(
                    "{folder} was shipped and has changed: write a new migration"
                ));
            }
            None => findings.push(format!("{folder} was shipped and is gone")),
        }
        last_shipped = last_shipped.max(number(folder).unwrap_or(0));
    }
    let listed = |folder: &str| shipped.contains(&format!("  {folder}/up.sql"));
    for folder in present.keys().filter(|folder| !listed(folder)) {
        if number(folder).is_some_and(|number| number <= last_shipped) {
            findings.push(format!("{folder} stands before a shipped migration"));
        }
    }
    for version in releases(changelog) {
        if !shipped.lines().any(|line| line == format!("## {version}")) {
            findings.push(format!(
                "{version} is released: list the migrations it was the first to ship under \
                 `## {version}` in tests/suite/tidy/shipped-migrations.txt"
            ));
        }
    }
    findings
}

fn number(folder: &str) -> Option<usize> {
    folder.split_once('-')?.0.parse().ok()
}

/// Headings of the second level, without brackets and date.
fn headings(changelog: &str) -> impl Iterator<Item = &str> {
    changelog
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(|heading| {
            heading
                .split([']', ' '])
                .next()
                .unwrap_or("")
                .trim_start_matches('[')
        })
}

fn is_unreleased(heading: &str) -> bool {
    matches!(heading, "Unreleased" | "未发布")
}

fn releases(changelog: &str) -> impl Iterator<Item = &str> {
    headings(changelog).filter(|heading| !is_unreleased(heading))
}

fn changelog_problems(changelog: &str) -> Vec<String> {
    let mut findings = Vec::new();
    if !headings(changelog).next().is_some_and(is_unreleased) {
        findings.push("CHANGELOG.md does not begin with what is not released yet".to_owned());
    }
    for version in releases(changelog) {
        let numbers: Vec<_> = version.split('.').map(str::parse::<u32>).collect();
        if numbers.len() != 3 || numbers.iter().any(Result::is_err) {
            findings.push(format!("CHANGELOG.md: {version} is not a version"));
        }
    }
    findings
}

fn misnumbered_decisions(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    let mut seen = BTreeMap::new();
    for name in files
        .iter()
        .filter_map(|file| file.path.strip_prefix(DECISIONS))
    {
        let Some(number) = number(name).filter(|_| name.ends_with(".md")) else {
            findings.push(format!("{name} should be named NNNN-what-was-decided.md"));
            continue;
        };
        if let Some(other) = seen.insert(number, name) {
            findings.push(format!("{name} has the number of {other}"));
        }
    }
    if seen.is_empty() {
        findings.push(format!("{DECISIONS} holds no decision"));
    }
    findings
}

fn changelog(files: &[File]) -> &str {
    files
        .iter()
        .find(|file| file.path == "CHANGELOG.md")
        .expect("CHANGELOG.md lies at the top")
        .text()
}

#[test]
fn migrations_are_numbered_in_order_and_each_has_its_statements() {
    assert_clean(&malformed_migrations(&files()));
}

#[test]
fn a_shipped_migration_never_changes() {
    let files = files();
    assert_clean(&changed_migrations(&files, SHIPPED, changelog(&files)));
}

#[test]
fn the_changelog_begins_with_what_is_not_released_yet() {
    assert_clean(&changelog_problems(changelog(&files())));
}

#[test]
fn every_decision_has_a_number_of_its_own() {
    assert_clean(&misnumbered_decisions(&files()));
}

mod can_fail {
    use super::*;

    fn migration(folder: &str, text: &str) -> File {
        File::new(&format!("{MIGRATIONS}{folder}/up.sql"), text)
    }

    fn shipped(folder: &str, text: &str) -> String {
        format!("## 0.1.0\n{}  {folder}/up.sql\n", fingerprint(text))
    }

    #[test]
    fn a_gap_an_empty_one_and_none_at_all_are_found() {
        assert_eq!(malformed_migrations(&[]).len(), 1);
        assert_eq!(malformed_migrations(&[migration("02-a", "x")]).len(), 1);
        assert_eq!(malformed_migrations(&[migration("01-a", " \n")]).len(), 1);
        let other = File::new(&format!("{MIGRATIONS}01-a/notes.txt"), "x");
        assert_eq!(malformed_migrations(&[other]).len(), 1);
        assert_clean(&malformed_migrations(&[
            migration("01-a", "x"),
            migration("02-b", "x"),
        ]));
    }

    #[test]
    fn a_changed_and_a_removed_migration_are_found() {
        let list = shipped("01-a", "CREATE");
        assert_clean(&changed_migrations(
            &[migration("01-a", "CREATE")],
            &list,
            "",
        ));
        assert_eq!(
            changed_migrations(&[migration("01-a", "DROP")], &list, "").len(),
            1
        );
        assert_eq!(changed_migrations(&[], &list, "").len(), 1);
    }

    #[test]
    fn line_endings_are_no_change() {
        let list = shipped("01-a", "A\nB\n");
        assert_clean(&changed_migrations(
            &[migration("01-a", "A\r\nB\r\n")],
            &list,
            "",
        ));
    }

    #[test]
    fn a_new_migration_goes_to_the_end() {
        let list = shipped("02-b", "B");
        let tree = |new| [migration("02-b", "B"), migration(new, "N")];
        assert_eq!(changed_migrations(&tree("01-a"), &list, "").len(), 1);
        assert_clean(&changed_migrations(&tree("03-c"), &list, ""));
    }

    #[test]
    fn a_release_without_its_list_is_found() {
        let log = "## [Unreleased]\n## [0.2.0] - 2027-01-01\n## [0.1.0] - 2026-12-01\n";
        let findings = changed_migrations(&[], "## 0.1.0\n", log);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].starts_with("0.2.0"));
    }

    #[test]
    fn a_changelog_without_its_head_is_found() {
        assert_clean(&changelog_problems(
            "# 更新记录\n\n## [未发布]\n\n## [0.1.0] - 2026-12-01\n",
        ));
        assert_clean(&changelog_problems("## Unreleased\n"));
        assert_eq!(changelog_problems("## [0.1.0]\n").len(), 1);
        assert_eq!(changelog_problems("").len(), 1);
        assert_eq!(changelog_problems("## [Unreleased]\n## [soon]\n").len(), 1);
    }

    #[test]
    fn decisions_with_one_number_or_none_are_found() {
        let adr = |name: &str| File::new(&format!("{DECISIONS}{name}"), "");
        assert_clean(&misnumbered_decisions(&[
            adr("0001-a.md"),
            adr("0002-b.md"),
        ]));
        assert_eq!(
            misnumbered_decisions(&[adr("0001-a.md"), adr("0001-b.md")]).len(),
            1
        );
        assert_eq!(
            misnumbered_decisions(&[adr("0001-a.md"), adr("notes.md")]).len(),
            1
        );
        assert_eq!(misnumbered_decisions(&[]).len(), 1);
    }
}
