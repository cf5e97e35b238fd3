//! What an attacker could hold on to: what the window may load and call, who opens connections and starts programs.

use serde_json::Value;

use super::{File, assert_clean, files};

/// Where content may come from: the program itself, and what it made.
const OWN: [&str; 6] = [
    "'self'",
    "data:",
    "blob:",
    "ipc:",
    "http://ipc.localhost",
    "'unsafe-inline'",
];

/// What the window may do beside calling the product's own commands.
const PERMISSIONS: [&str; 2] = ["core:event:default", "core:window:allow-close"];

/// The only sources that open connections (the second window calls the first, on this machine) or start programs
/// (printing; the door to the command line).
const CONNECTING: [&str; 1] = ["src-tauri/src/instance.rs"];
const STARTING: [&str; 2] = [
    "src-tauri/src/dialog.rs",
    "src-tauri/crates/door/src/main.rs",
];

fn foreign_content(policy: &str) -> Vec<String> {
    let mut findings = Vec::new();
    if !policy.contains("default-src 'self'") {
        findings.push("the policy does not begin with the program itself".to_owned());
    }
    for directive in policy.split(';') {
        let mut words = directive.split_whitespace();
        let name = words.next().unwrap_or_default();
        for source in words {
            let style_only = source == "'unsafe-inline'" && name != "style-src";
            if !OWN.contains(&source) || style_only {
                findings.push(format!("{name} lets in {source}"));
            }
        }
    }
    findings
}

fn foreign_permissions(capability: &Value) -> Vec<String> {
    let list = capability["permissions"].as_array();
    list.map_or_else(
        || vec!["no list of permissions".to_owned()],
        |list| {
            list.iter()
                .filter(|permission| !PERMISSIONS.iter().any(|own| *permission == own))
                .map(|permission| format!("the window may {permission}"))
                .collect()
        },
    )
}

/// Sources of what ships; tests and what only builds or measures may do more.
fn ships(path: &str) -> bool {
    path.ends_with(".rs")
        && path.starts_with("src-tauri/")
        && path.contains("/src/")
        && !path.starts_with("src-tauri/xtask/")
}

fn reaching_out(file: &File) -> Vec<String> {
    let mut findings = Vec::new();
    for (number, line) in file.text().lines().enumerate() {
        // What follows is the module's tests.
        if line.trim() == "#[cfg(test)]" {
            break;
        }
        let connects = ["TcpStream", "UdpSocket", "TcpListener"]
            .iter()
            .any(|name| line.contains(name));
        let starts = line.contains("Command::new(");
        let path = file.path.as_str();
        if connects && !CONNECTING.contains(&path) {
            findings.push(format!("{path}:{} opens a connection", number + 1));
        }
        if starts && !STARTING.contains(&path) {
            findings.push(format!("{path}:{} starts a program", number + 1));
        }
    }
    findings
}

fn settings(path: &str) -> Value {
    let text = files().into_iter().find(|file| file.path == path);
    let text = text.unwrap_or_else(|| panic!("{path} is gone"));
    serde_json::from_str(text.text()).expect("JSON")
}

#[test]
fn the_window_loads_nothing_from_outside() {
    let settings = settings("src-tauri/tauri.conf.json");
    let policy = settings["app"]["security"]["csp"].as_str();
    assert_clean(&foreign_content(policy.unwrap_or_default()));
    let pages = files()
        .into_iter()
        .filter(|file| file.path.starts_with("ui/") && file.has_extension(&["vue", "html"]));
    let raw: Vec<String> = pages
        .filter(|file| file.text().contains(" v-html="))
        .map(|file| file.path)
        .collect();
    assert_clean(&raw);
}

#[test]
fn the_window_calls_its_own_commands_only() {
    let capabilities: Vec<File> = files()
        .into_iter()
        .filter(|file| file.path.starts_with("src-tauri/capabilities/"))
        .collect();
    assert_eq!(capabilities.len(), 1);
    assert_clean(&foreign_permissions(&settings(&capabilities[0].path)));
}

#[test]
fn nothing_else_connects_or_starts_programs() {
    let tests = |path: &str| {
        path.contains("/tests/")
            || path.ends_with("/tests.rs")
            || path.contains("/ledger/crash")
            || path.contains("/ledger/media_unix")
    };
    let findings: Vec<String> = files()
        .iter()
        .filter(|file| ships(&file.path) && !tests(&file.path))
        .flat_map(reaching_out)
        .collect();
    assert_clean(&findings);
}

mod can_fail {
    use super::*;

    #[test]
    fn a_policy_that_lets_others_in_is_found() {
        let found = foreign_content(
            "default-src 'self'; script-src 'self' https://a.example 'unsafe-inline'",
        );
        assert_eq!(
            found,
            [
                "script-src lets in https://a.example",
                "script-src lets in 'unsafe-inline'"
            ]
        );
        assert!(!foreign_content("").is_empty());
    }

    #[test]
    fn a_permission_too_many_is_found() {
        let capability =
            serde_json::json!({ "permissions": ["core:event:default", "shell:allow-open"] });
        assert_eq!(foreign_permissions(&capability).len(), 1);
        assert_eq!(foreign_permissions(&Value::Null).len(), 1);
    }

    #[test]
    fn a_connection_and_a_program_are_found() {
        let text = "fn f() { TcpStream::connect(a); }\nfn g() { Command::new(\"sh\"); }\n#[cfg(test)]\nCommand::new(\"sh\")";
        let found = reaching_out(&File::new("src-tauri/crates/api/src/a.rs", text));
        assert_eq!(found.len(), 2);
        assert!(ships("src-tauri/crates/api/src/a.rs") && !ships("tests/bench/main.rs"));
    }
}
