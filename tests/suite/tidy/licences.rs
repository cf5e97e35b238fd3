//! Every crate and every npm package that ships may ship: the allow list of `.deny.toml`, checked everywhere.

use serde_json::Value;
use spdx::{Expression, Licensee, ParseMode};

use super::{assert_clean, metadata, root};

/// The licences that `.deny.toml` allows.
fn allowed(deny: &str) -> Vec<Licensee> {
    let settings: toml::Table = deny.parse().expect(".deny.toml is TOML");
    settings["licenses"]["allow"]
        .as_array()
        .expect(".deny.toml has licenses.allow")
        .iter()
        .map(|name| name.as_str().expect("a licence is text"))
        .map(|name| Licensee::parse(name).unwrap_or_else(|why| panic!("{name}: {why}")))
        .collect()
}

/// Why this package may not ship, or nothing.
fn objection(name: &str, licence: Option<&str>, allowed: &[Licensee]) -> Option<String> {
    let Some(licence) = licence.filter(|licence| !licence.is_empty()) else {
        return Some(format!("{name} names no licence"));
    };
    // Lax: older crates write MIT/Apache-2.0.
    let expression = match Expression::parse_mode(licence, ParseMode::LAX) {
        Ok(expression) => expression,
        Err(why) => return Some(format!("{name}: {licence} is not a licence: {why}")),
    };
    let may = expression.evaluate(|required| allowed.iter().any(|one| one.satisfies(required)));
    (!may).then(|| format!("{name}: {licence} is not in the allow list"))
}

fn objections_to_crates(metadata: &Value, allowed: &[Licensee]) -> Vec<String> {
    let packages = metadata["packages"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    packages
        .iter()
        .filter_map(|package| {
            objection(
                package["name"].as_str()?,
                package["license"].as_str(),
                allowed,
            )
        })
        .collect()
}

/// Packages of an npm lock file that reach the built UI: those not marked as development only.
fn shipped(lock: &Value) -> Vec<(&str, Option<&str>)> {
    let Some(packages) = lock["packages"].as_object() else {
        return Vec::new();
    };
    packages
        .iter()
        .filter(|(path, package)| !path.is_empty() && package["dev"] != true)
        .filter(|(_, package)| package["devOptional"] != true && package["optional"] != true)
        .map(|(path, package)| {
            let name = path
                .rsplit_once("node_modules/")
                .map_or(path.as_str(), |(_, name)| name);
            (name, package["license"].as_str())
        })
        .collect()
}

fn objections_to_npm(lock: &Value, allowed: &[Licensee]) -> Vec<String> {
    shipped(lock)
        .into_iter()
        .filter_map(|(name, licence)| objection(name, licence, allowed))
        .collect()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

#[test]
fn every_crate_may_ship() {
    let metadata = metadata(&["--locked"]);
    assert!(
        metadata["packages"]
            .as_array()
            .is_some_and(|packages| packages.len() > 100)
    );
    assert_clean(&objections_to_crates(
        &metadata,
        &allowed(&read(".deny.toml")),
    ));
}

#[test]
fn every_npm_package_of_the_ui_may_ship() {
    let lock: Value = serde_json::from_str(&read("ui/package-lock.json")).expect("npm writes JSON");
    assert!(shipped(&lock).iter().any(|(name, _)| *name == "vue"));
    assert_clean(&objections_to_npm(&lock, &allowed(&read(".deny.toml"))));
}

mod can_fail {
    use serde_json::json;

    use super::*;

    fn objected(licence: Option<&str>) -> bool {
        let allowed = allowed("[licenses]\nallow = ['MIT', 'BSD-3-Clause']");
        objection("a", licence, &allowed).is_some()
    }

    #[test]
    fn a_choice_may_ship_and_a_duty_beside_it_may_not() {
        assert!(!objected(Some("MIT")));
        assert!(!objected(Some("GPL-3.0-only OR MIT")));
        assert!(!objected(Some("MIT/GPL-3.0")));
        assert!(!objected(Some("MIT AND BSD-3-Clause")));
        assert!(objected(Some("MIT AND GPL-3.0-only")));
        assert!(objected(Some("GPL-3.0-only")));
        assert!(objected(Some("MIT WITH Bison-exception-2.2")));
    }

    #[test]
    fn no_licence_and_nonsense_may_not_ship() {
        assert!(objected(None));
        assert!(objected(Some("")));
        assert!(objected(Some("as you like")));
    }

    #[test]
    fn a_bad_crate_and_a_bad_npm_package_are_found() {
        let allowed = allowed("[licenses]\nallow = ['MIT']");
        let crates = json!({"packages": [
            {"name": "a", "license": "MIT"}, {"name": "b", "license": "AGPL-3.0-only"}
        ]});
        assert_eq!(objections_to_crates(&crates, &allowed).len(), 1);
        let lock = json!({"packages": {
            "": {"name": "ui"},
            "node_modules/a": {"license": "MIT"},
            "node_modules/b": {"license": "AGPL-3.0-only"},
            "node_modules/b/node_modules/c": {"license": "AGPL-3.0-only", "dev": true}
        }});
        assert_eq!(
            objections_to_npm(&lock, &allowed),
            ["b: AGPL-3.0-only is not in the allow list"]
        );
    }
}
