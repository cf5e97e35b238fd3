//! Dependencies point only downward: the picture in `src-tauri/docs/architecture.md`, as a table.

use serde_json::Value;

use super::{assert_clean, metadata};

/// Each package and the workspace packages it may depend on.
const ARROWS: [(&str, &[&str]); 11] = [
    ("jiugai-domain", &[]),
    // In tests alone: a failing disk.
    ("jiugai-faults", &[]),
    ("jiugai-storage", &["jiugai-domain"]),
    ("jiugai-report", &["jiugai-domain"]),
    ("jiugai-exchange", &["jiugai-domain"]),
    (
        "jiugai-api",
        &[
            "jiugai-domain",
            "jiugai-storage",
            "jiugai-report",
            "jiugai-exchange",
        ],
    ),
    ("jiugai-cli", &["jiugai-api"]),
    // One program is installed for both hosts; the door only starts it.
    ("jiugai-desktop", &["jiugai-api", "jiugai-cli"]),
    ("jiugai-door", &[]),
    // The bench fills ledgers of any size through the storage; the bridge is a host.
    (
        "jiugai-tests",
        &[
            "jiugai-api",
            "jiugai-desktop",
            "jiugai-domain",
            "jiugai-storage",
        ],
    ),
    ("xtask", &[]),
];

/// The cross-crate suite looks at every layer; only its programs keep to the arrows.
const SEES_ALL_IN_TESTS: &str = "jiugai-tests";

/// The failing disk: every crate's tests may have it, no program.
const FOR_TESTS: &str = "jiugai-faults";

/// Libraries that belong to one place, and that place.
const OWNED: [(&str, &[&str]); 8] = [
    ("rusqlite", &["jiugai-storage"]),
    ("rusqlite_migration", &["jiugai-storage"]),
    ("tauri", &["jiugai-desktop", "jiugai-tests"]),
    ("typst", &["jiugai-report"]),
    ("plotters", &["jiugai-report"]),
    ("resvg", &["jiugai-report"]),
    ("calamine", &["jiugai-exchange"]),
    ("rust_xlsxwriter", &["jiugai-exchange"]),
];

/// Words that say nothing about what is inside, so that anything may end up there.
const MEANINGLESS: [&str; 8] = [
    "common", "util", "utils", "types", "helper", "helpers", "misc", "core",
];

fn forbidden_arrows(metadata: &Value) -> Vec<String> {
    let mut findings = Vec::new();
    for package in list(&metadata["packages"]) {
        let from = text(&package["name"]);
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == from) else {
            findings.push(format!("{from} is not in the picture of crates"));
            continue;
        };
        for dependency in list(&package["dependencies"]) {
            let to = text(&dependency["name"]);
            let in_tests = dependency["kind"] == "dev";
            let ours = ARROWS.iter().any(|(name, _)| *name == to);
            let tested = in_tests && (from == SEES_ALL_IN_TESTS || to == FOR_TESTS);
            if ours && !allowed.contains(&to) && !tested {
                findings.push(format!("{from} must not depend on {to}"));
            }
            let owners = OWNED
                .iter()
                .find(|(name, _)| *name == to)
                .map(|(_, owners)| *owners);
            if !in_tests && owners.is_some_and(|owners| !owners.contains(&from)) {
                findings.push(format!("{from} must not depend on {to} itself"));
            }
        }
    }
    findings
}

fn meaningless_names(metadata: &Value) -> Vec<String> {
    list(&metadata["packages"])
        .iter()
        .map(|package| text(&package["name"]))
        .filter(|name| {
            name.split(['-', '_'])
                .any(|word| MEANINGLESS.contains(&word))
        })
        .map(|name| format!("{name} does not say what it is for"))
        .collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

#[test]
fn dependencies_point_downward() {
    let metadata = metadata(&["--no-deps"]);
    assert_eq!(list(&metadata["packages"]).len(), ARROWS.len());
    assert_clean(&forbidden_arrows(&metadata));
}

#[test]
fn every_crate_says_what_it_is_for() {
    assert_clean(&meaningless_names(&metadata(&["--no-deps"])));
}

mod can_fail {
    use serde_json::json;

    use super::*;

    fn one(package: &str, dependency: &str, kind: Option<&str>) -> Value {
        json!({"packages": [{"name": package, "dependencies": [{"name": dependency, "kind": kind}]}]})
    }

    #[test]
    fn an_arrow_upward_is_found_in_code_and_in_tests() {
        for kind in [None, Some("dev"), Some("build")] {
            let findings = forbidden_arrows(&one("jiugai-domain", "jiugai-storage", kind));
            assert_eq!(
                findings,
                ["jiugai-domain must not depend on jiugai-storage"]
            );
        }
        assert_clean(&forbidden_arrows(&one(
            "jiugai-storage",
            "jiugai-domain",
            None,
        )));
    }

    #[test]
    fn the_suite_sees_all_layers_only_in_its_tests() {
        assert_clean(&forbidden_arrows(&one(
            "jiugai-tests",
            "jiugai-report",
            Some("dev"),
        )));
        assert_eq!(
            forbidden_arrows(&one("jiugai-tests", "jiugai-report", None)).len(),
            1
        );
    }

    #[test]
    fn a_library_outside_its_place_is_found() {
        assert_eq!(
            forbidden_arrows(&one("jiugai-api", "rusqlite", None)),
            ["jiugai-api must not depend on rusqlite itself"]
        );
        assert_clean(&forbidden_arrows(&one("jiugai-storage", "rusqlite", None)));
    }

    #[test]
    fn a_package_outside_the_picture_is_found() {
        assert_eq!(
            forbidden_arrows(&one("jiugai-extra", "serde", None)).len(),
            1
        );
    }

    #[test]
    fn a_meaningless_name_is_found() {
        assert_eq!(
            meaningless_names(&one("jiugai-common", "serde", None)).len(),
            1
        );
        assert_clean(&meaningless_names(&one("jiugai-report", "serde", None)));
    }
}
