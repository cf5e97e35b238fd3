//! Habits of the code that no lint knows: no test that can be forgotten, no waiting by the clock, a pure domain.

use super::{File, assert_clean, files};

const DOMAIN: &str = "src-tauri/crates/domain/src/";

/// What the domain must be given instead of asking for it.
const OUTSIDE_WORLD: [&str; 7] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "SystemTime",
    "Utc::now",
    "Local::now",
];

/// Attributes that take a test or a lint out of force without a reason that anyone checks.
const SILENCING: [(&str, &str); 2] = [
    (
        "ignore",
        "an ignored test proves nothing: mend or remove it",
    ),
    (
        "allow(",
        "use #[expect(.., reason = \"..\")], which says why and complains when it is over",
    ),
];

/// The same for UI tests and browser flows. In two parts, so that a list in a test would not find itself.
const SILENCING_SCRIPT: [(&str, &str); 5] = [
    (
        concat!(".sk", "ip("),
        "a skipped test proves nothing: mend or remove it",
    ),
    (concat!(".on", "ly("), "the other tests would not run"),
    (
        concat!(".fix", "me("),
        "a test put off proves nothing: mend or remove it",
    ),
    (
        concat!(".to", "do("),
        "an unwritten test proves nothing: write or remove it",
    ),
    (
        concat!("waitFor", "Timeout("),
        "wait for the thing itself, not for the clock",
    ),
];

fn silenced(file: &File) -> Vec<String> {
    let rust = file.has_extension(&["rs"]);
    let script_test = file.path.starts_with("tests/e2e/")
        && file.has_extension(&["ts", "mjs", "js"])
        || file.path.ends_with(".test.ts")
        || file.path.ends_with(".spec.ts");
    let mut findings = Vec::new();
    for (number, line) in file.text().lines().enumerate() {
        let mut found = |why: &str| findings.push(format!("{}:{} {why}", file.path, number + 1));
        if rust {
            if let Some(attribute) = attribute(line) {
                for (needle, why) in SILENCING {
                    if attribute.starts_with(needle) || attribute.contains(&format!(", {needle}")) {
                        found(why);
                    }
                }
            }
            if line.contains(concat!("thread::", "sleep")) {
                found("wait for the thing itself, not for the clock");
            }
        }
        if script_test {
            for (needle, why) in SILENCING_SCRIPT {
                if line.contains(needle) {
                    found(why);
                }
            }
        }
    }
    findings
}

/// The inside of `#[..]` or `#![..]`.
fn attribute(line: &str) -> Option<&str> {
    let line = line.trim_start();
    line.strip_prefix("#![").or_else(|| line.strip_prefix("#["))
}

fn impure_domain(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.path.starts_with(DOMAIN)) {
        for (number, line) in file.text().lines().enumerate() {
            for needle in OUTSIDE_WORLD
                .iter()
                .filter(|needle| line.contains(**needle))
            {
                let place = number + 1;
                findings.push(format!(
                    "{}:{place} the domain never reads {needle}",
                    file.path
                ));
            }
        }
    }
    findings
}

#[test]
fn nothing_is_silenced_and_nothing_waits_by_the_clock() {
    assert_clean(&files().iter().flat_map(silenced).collect::<Vec<_>>());
}

#[test]
fn the_domain_asks_the_outside_world_nothing() {
    let files = files();
    assert!(files.iter().any(|file| file.path.starts_with(DOMAIN)));
    assert_clean(&impure_domain(&files));
}

mod can_fail {
    use super::*;

    #[test]
    fn silencing_attributes_are_found() {
        for line in [
            "#[ignore]",
            "    #[ignore = \"later\"]",
            "#![allow(dead_code)]",
            "#[cfg_attr(windows, allow(dead_code))]",
        ] {
            assert_eq!(silenced(&File::new("a.rs", line)).len(), 1, "{line}");
        }
        for line in [
            "#[expect(dead_code, reason = \"r\")]",
            "// ignore",
            "fn allow() {}",
            "#[test]",
        ] {
            assert_clean(&silenced(&File::new("a.rs", line)));
        }
    }

    #[test]
    fn sleeping_is_found() {
        let line = concat!("std::thread::", "sleep(d);");
        assert_eq!(silenced(&File::new("a.rs", line)).len(), 1);
    }

    #[test]
    fn silenced_scripts_are_found_where_tests_lie() {
        for (needle, _) in SILENCING_SCRIPT {
            let line = format!("test{needle}'x')");
            assert_eq!(
                silenced(&File::new("tests/e2e/specs/a.spec.ts", &line)).len(),
                1,
                "{line}"
            );
            assert_eq!(
                silenced(&File::new("ui/src/a.test.ts", &line)).len(),
                1,
                "{line}"
            );
            assert_clean(&silenced(&File::new("ui/src/a.ts", &line)));
        }
    }

    #[test]
    fn a_clock_in_the_domain_is_found() {
        let path = format!("{DOMAIN}a.rs");
        assert_eq!(
            impure_domain(&[File::new(&path, "let now = Utc::now();")]).len(),
            1
        );
        assert_clean(&impure_domain(&[File::new(
            "src-tauri/src/a.rs",
            "Utc::now()",
        )]));
    }
}
