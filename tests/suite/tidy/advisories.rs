//! No known weakness goes unseen: what the lock files hold against `src-tauri/docs/advisories.toml`, without a network.

use std::collections::{BTreeMap, BTreeSet};

use semver::{Version, VersionReq};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{assert_clean, root};

const LIST: &str = "src-tauri/docs/advisories.toml";
const NPM_LOCKS: [&str; 2] = ["ui/package-lock.json", "tests/e2e/package-lock.json"];

/// Where a package comes from: the same name is something else in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    Crates,
    Npm,
    Bundled,
}

impl Origin {
    /// What to do to get a patched version.
    fn renew(self, package: &str) -> String {
        match self {
            Self::Crates => format!("`cargo update -p {package}`"),
            Self::Npm => format!("`npm update {package}` in ui or tests/e2e"),
            Self::Bundled => format!("the crate that carries {package}"),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Kind {
    Vulnerability,
    Unsound,
    Unmaintained,
    Malicious,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Advisory {
    id: String,
    /// Further ids that the same release mends.
    #[serde(default)]
    also: Vec<String>,
    kind: Kind,
    #[serde(deserialize_with = "ranges")]
    patched: Vec<VersionReq>,
    #[serde(default, deserialize_with = "ranges")]
    unaffected: Vec<VersionReq>,
    what: String,
}

fn ranges<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<VersionReq>, D::Error> {
    Vec::<String>::deserialize(source)?
        .iter()
        .map(|range| VersionReq::parse(range).map_err(D::Error::custom))
        .collect()
}

fn version<'de, D: Deserializer<'de>>(source: D) -> Result<Version, D::Error> {
    Version::parse(&String::deserialize(source)?).map_err(D::Error::custom)
}

impl Advisory {
    fn affects(&self, version: &Version) -> bool {
        !self
            .patched
            .iter()
            .chain(&self.unaffected)
            .any(|range| range.matches(version))
    }

    fn patched(&self) -> String {
        if self.patched.is_empty() {
            return "there is no patched version".to_owned();
        }
        let ranges: Vec<String> = self.patched.iter().map(ToString::to_string).collect();
        format!("patched in {}", ranges.join(" or "))
    }
}

/// Why an affected version is held all the same.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Explained {
    package: String,
    #[serde(deserialize_with = "version")]
    version: Version,
    ids: Vec<String>,
    why: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    looked_up: toml::value::Datetime,
    crates: BTreeMap<String, Vec<Advisory>>,
    npm: BTreeMap<String, Vec<Advisory>>,
    bundled: BTreeMap<String, Vec<Advisory>>,
    #[serde(default)]
    explained: Vec<Explained>,
}

impl List {
    fn advisories(&self) -> impl Iterator<Item = (Origin, &str, &Advisory)> {
        [
            (Origin::Crates, &self.crates),
            (Origin::Npm, &self.npm),
            (Origin::Bundled, &self.bundled),
        ]
        .into_iter()
        .flat_map(|(origin, packages)| {
            packages.iter().flat_map(move |(package, advisories)| {
                advisories
                    .iter()
                    .map(move |advisory| (origin, package.as_str(), advisory))
            })
        })
    }
}

type Held = BTreeSet<(Origin, String, Version)>;

/// Every version of a registry's crate in a `Cargo.lock`.
fn crates(lock: &str) -> Held {
    let lock: toml::Table = lock.parse().expect("Cargo.lock is TOML");
    let packages = lock["package"].as_array().expect("Cargo.lock has packages");
    packages
        .iter()
        .filter(|package| package.get("source").is_some())
        .map(|package| {
            let text = |key: &str| package[key].as_str().expect("a name and a version");
            (text("name"), text("version"))
        })
        .map(|(name, version)| held(Origin::Crates, name, version))
        .collect()
}

/// Every version of a package in a `package-lock.json`, of the build's and the tests' too.
fn npm(lock: &str) -> Held {
    let lock: Value = serde_json::from_str(lock).expect("npm writes JSON");
    let packages = lock["packages"].as_object().expect("npm lists packages");
    packages
        .iter()
        .filter_map(|(path, package)| {
            let (_, name) = path.rsplit_once("node_modules/")?;
            Some(held(Origin::Npm, name, package["version"].as_str()?))
        })
        .collect()
}

/// The C sources: SQLite tells its version itself, OpenSSL stands behind the `+` of its crate.
fn bundled(crates: &Held) -> Held {
    crates
        .iter()
        .filter(|(_, name, _)| name == "openssl-src")
        .map(|(_, _, version)| held(Origin::Bundled, "openssl", version.build.as_str()))
        .chain([held(Origin::Bundled, "sqlite", rusqlite::version())])
        .collect()
}

fn held(origin: Origin, name: &str, version: &str) -> (Origin, String, Version) {
    let version = Version::parse(version).unwrap_or_else(|why| panic!("{name} {version}: {why}"));
    (origin, name.to_owned(), version)
}

fn findings(list: &List, all: &Held) -> Vec<String> {
    let mut findings = Vec::new();
    let mut used = BTreeSet::new();
    for (origin, package, advisory) in list.advisories() {
        let versions: Vec<&Version> = all
            .iter()
            .filter(|(from, name, _)| *from == origin && name == package)
            .map(|(_, _, version)| version)
            .collect();
        if versions.is_empty() {
            findings.push(format!(
                "{package} is no longer held: take {} out of {LIST}",
                advisory.id
            ));
        }
        for version in versions.into_iter().filter(|one| advisory.affects(one)) {
            let explained = list.explained.iter().any(|one| {
                one.package == package && one.version == *version && one.ids.contains(&advisory.id)
            });
            if explained {
                used.insert((package, version.clone(), advisory.id.as_str()));
                continue;
            }
            findings.push(format!(
                "{package} {version} has a known weakness, {} ({:?}): {}; {}. Renew it with {}, or say under \
                 [[explained]] of {LIST} why it does no harm here",
                advisory.id,
                advisory.kind,
                advisory.what,
                advisory.patched(),
                origin.renew(package)
            ));
        }
    }
    for one in &list.explained {
        if one.why.len() < 40 {
            findings.push(format!(
                "{} {}: say why in a sentence",
                one.package, one.version
            ));
        }
        for id in &one.ids {
            if !used.contains(&(one.package.as_str(), one.version.clone(), id.as_str())) {
                findings.push(format!(
                    "{} {} is not affected by {id} or no longer held: take the explanation out of {LIST}",
                    one.package, one.version
                ));
            }
        }
    }
    findings
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

fn list() -> List {
    toml::from_str(&read(LIST)).unwrap_or_else(|why| panic!("{LIST}: {why}"))
}

#[test]
fn every_known_weakness_is_mended_or_explained() {
    let mut all = crates(&read("Cargo.lock"));
    all.extend(bundled(&all));
    all.extend(NPM_LOCKS.iter().flat_map(|lock| npm(&read(lock))));
    assert!(
        all.len() > 500,
        "the lock files hold more than {}",
        all.len()
    );
    assert_clean(&findings(&list(), &all));
}

#[test]
fn every_advisory_is_named_once_and_the_day_of_the_look_up_is_said() {
    let list = list();
    assert!(list.looked_up.date.is_some(), "{LIST} has no day");
    let mut seen = BTreeSet::new();
    for (origin, package, advisory) in list.advisories() {
        for id in std::iter::once(&advisory.id).chain(&advisory.also) {
            assert!(
                ["RUSTSEC-", "GHSA-", "CVE-"]
                    .iter()
                    .any(|form| id.starts_with(form)),
                "{id} is no id of an advisory"
            );
            assert!(
                seen.insert((origin, package, id)),
                "{package} has {id} twice"
            );
        }
    }
}

/// CVE-2026-11824 and CVE-2026-11822 lie in code that is not there. Nothing in a ledger needs the left-out parts.
#[test]
fn sqlite_reads_no_full_text_index_and_no_tree_of_a_foreign_file() {
    let conn = rusqlite::Connection::open_in_memory().expect("a database in memory");
    for module in ["fts3(t)", "fts4(t)", "fts5(t)", "rtree(id, a, b)"] {
        let why = conn
            .execute_batch(&format!("CREATE VIRTUAL TABLE found USING {module}"))
            .expect_err(module);
        assert!(
            why.to_string().contains("no such module"),
            "{module}: {why}"
        );
    }
}

mod can_fail {
    use super::*;

    fn list(explained: &str) -> List {
        toml::from_str(&format!(
            "looked_up = 2026-01-02\n\
             crates.a = [{{ id = 'RUSTSEC-1', kind = 'vulnerability', patched = ['>=1.2.3'], unaffected = ['<1.0.0'], what = 'x' }}]\n\
             [npm]\n[bundled]\n{explained}"
        ))
        .expect("a list")
    }

    fn found(explained: &str, held: &[&str]) -> Vec<String> {
        let held = held
            .iter()
            .map(|version| super::held(Origin::Crates, "a", version))
            .collect();
        findings(&list(explained), &held)
    }

    const NONE: &str = "";
    const WHY: &str = "[[explained]]\npackage = 'a'\nversion = '1.2.2'\nids = ['RUSTSEC-1']\n\
                       why = 'It reads only what the program itself has written.'";

    #[test]
    fn an_affected_version_is_told_with_what_to_do() {
        let found = found(NONE, &["1.2.2"]);
        assert_eq!(found.len(), 1);
        for part in [
            "a 1.2.2",
            "RUSTSEC-1",
            ">=1.2.3",
            "cargo update -p a",
            "[[explained]]",
        ] {
            assert!(found[0].contains(part), "{part} is missing: {}", found[0]);
        }
    }

    #[test]
    fn patched_and_older_versions_pass_and_one_of_two_does_not_hide_the_other() {
        assert!(found(NONE, &["1.2.3", "0.9.0", "1.3.0+extra"]).is_empty());
        assert_eq!(found(NONE, &["1.2.3", "1.0.0"]).len(), 1);
        assert_eq!(found(WHY, &["1.2.2", "1.0.0"]).len(), 1);
    }

    #[test]
    fn an_explanation_holds_for_its_version_and_goes_with_it() {
        assert!(found(WHY, &["1.2.2"]).is_empty());
        let left_over = found(WHY, &["1.2.3"]);
        assert_eq!(left_over.len(), 1);
        assert!(left_over[0].contains("take the explanation out"));
        let short = WHY.replace("It reads only what the program itself has written.", "fine");
        assert_eq!(found(&short, &["1.2.2"]).len(), 1);
    }

    #[test]
    fn an_advisory_of_what_is_not_held_goes() {
        assert!(found(NONE, &[])[0].contains("no longer held"));
    }

    #[test]
    fn the_locks_are_read_with_every_version_and_without_our_own_packages() {
        let lock = "[[package]]\nname = 'ours'\nversion = '0.1.0'\n\
                    [[package]]\nname = 'a'\nversion = '1.0.0'\nsource = 'registry'\n\
                    [[package]]\nname = 'a'\nversion = '2.0.0'\nsource = 'registry'\n\
                    [[package]]\nname = 'openssl-src'\nversion = '300.1.0+3.6.3'\nsource = 'registry'";
        let crates = crates(lock);
        assert_eq!(crates.len(), 3);
        let bundled = bundled(&crates);
        assert!(bundled.contains(&held(Origin::Bundled, "openssl", "3.6.3")));
        assert_eq!(bundled.len(), 2);
        let npm = npm(
            r#"{"packages": {"": {"version": "1.0.0"}, "node_modules/@s/b": {"version": "1.0.0"},
            "node_modules/c/node_modules/b": {"version": "2.0.0", "dev": true}}}"#,
        );
        assert!(npm.contains(&held(Origin::Npm, "@s/b", "1.0.0")));
        assert!(npm.contains(&held(Origin::Npm, "b", "2.0.0")));
        assert_eq!(npm.len(), 2);
    }
}
