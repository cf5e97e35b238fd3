//! Where files lie, how long they are, and what must not be named in any of them.

use super::{File, assert_clean, files};

/// Everything at the top besides dotfiles.
const TOP_LEVEL: [&str; 9] = [
    "Cargo.toml",
    "Cargo.lock",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "icons",
    "src-tauri",
    "tests",
    "ui",
];

const LONGEST_FILE: usize = 600;

/// Package hosts. Which mirror to use is a setting of the machine. Each is written in two parts so that this
/// list does not find itself.
const HOSTS: [&str; 9] = [
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("registry.", "npmjs.org"),
    concat!("registry.", "npmmirror.com"),
    concat!("registry.", "yarnpkg.com"),
    concat!("rsproxy", ".cn"),
    concat!("pypi", ".org"),
    concat!("deb.", "debian.org"),
    concat!("mirrors.", "aliyun.com"),
];

/// Folders of one machine.
const MACHINE_PATHS: [&str; 3] = [
    concat!("/work", "/main"),
    concat!("/work", "/shared"),
    concat!("/root", "/.cache"),
];

/// A neighbour of the checkout that others do not have. Inside `ui/` the same text is an import of its own
/// lowest tier.
const NEIGHBOUR: &str = concat!("..", "/shared");

fn unexpected_top_level(files: &[File]) -> Vec<String> {
    let mut names: Vec<&str> = files
        .iter()
        .map(|file| file.path.split('/').next().unwrap_or(&file.path))
        .filter(|name| !name.starts_with('.') && !TOP_LEVEL.contains(name))
        .collect();
    names.dedup();
    names
        .into_iter()
        .map(|name| format!("{name} does not belong at the top"))
        .collect()
}

fn too_long(files: &[File]) -> Vec<String> {
    files
        .iter()
        .filter(|file| file.has_extension(&["rs", "ts", "vue", "mjs"]))
        .filter(|file| !file.path.ends_with("/bindings.ts"))
        .map(|file| (file, file.text().lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(file, lines)| format!("{} has {lines} lines, more than {LONGEST_FILE}", file.path))
        .collect()
}

fn foreign_places(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files {
        for (number, line) in file.text().lines().enumerate() {
            let neighbour = !file.path.starts_with("ui/") && line.contains(NEIGHBOUR);
            let named = HOSTS
                .iter()
                .chain(&MACHINE_PATHS)
                .any(|place| line.contains(place));
            if named || neighbour {
                findings.push(format!(
                    "{}:{} names a place outside the tree",
                    file.path,
                    number + 1
                ));
            }
        }
    }
    findings
}

/// Addresses in npm's lock files bind them to one mirror. npm leaves them out when the project's `.npmrc`
/// says `omit-lockfile-registry-resolved=true`; then `npm install --package-lock-only` writes the lock anew.
fn locked_addresses(files: &[File]) -> Vec<String> {
    files
        .iter()
        .filter(|file| file.path.ends_with("package-lock.json"))
        .map(|file| (file, file.text().matches(r#""resolved": "http"#).count()))
        .filter(|(_, addresses)| *addresses > 0)
        .map(|(file, addresses)| {
            format!(
                "{} holds {addresses} addresses; set omit-lockfile-registry-resolved=true in .npmrc \
                 and write it anew",
                file.path
            )
        })
        .collect()
}

#[test]
fn only_the_fixed_names_lie_at_the_top() {
    assert_clean(&unexpected_top_level(&files()));
}

#[test]
fn no_file_is_too_long_to_read() {
    assert_clean(&too_long(&files()));
}

#[test]
fn no_file_names_a_package_host_or_one_machines_folders() {
    assert_clean(&foreign_places(&files()));
}

#[test]
fn npm_lock_files_hold_no_addresses() {
    let files = files();
    assert!(files.iter().any(|file| file.path == "ui/package-lock.json"));
    assert_clean(&locked_addresses(&files));
}

mod can_fail {
    use super::*;

    #[test]
    fn a_new_name_at_the_top_is_found_and_a_dotfile_is_not() {
        let tree = [
            File::new("docs/a.md", ""),
            File::new(".deny.toml", ""),
            File::new("ui/a.ts", ""),
        ];
        assert_eq!(
            unexpected_top_level(&tree),
            ["docs does not belong at the top"]
        );
    }

    #[test]
    fn one_line_too_many_is_found_except_in_generated_bindings() {
        let full = "x\n".repeat(LONGEST_FILE);
        let over = "x\n".repeat(LONGEST_FILE + 1);
        assert_clean(&too_long(&[File::new("ui/src/a.vue", &full)]));
        assert_eq!(too_long(&[File::new("ui/src/a.vue", &over)]).len(), 1);
        assert_clean(&too_long(&[File::new("ui/src/ipc/bindings.ts", &over)]));
    }

    #[test]
    fn hosts_and_machine_paths_are_found_with_their_line() {
        let host = format!("first\nregistry = https://{}/", HOSTS[2]);
        assert_eq!(
            foreign_places(&[File::new("ui/.npmrc", &host)]),
            ["ui/.npmrc:2 names a place outside the tree"]
        );
        assert_eq!(
            foreign_places(&[File::new("README.md", MACHINE_PATHS[0])]).len(),
            1
        );
    }

    #[test]
    fn the_neighbour_is_found_outside_the_ui() {
        assert_eq!(
            foreign_places(&[File::new("README.md", NEIGHBOUR)]).len(),
            1
        );
        assert_clean(&foreign_places(&[File::new(
            "ui/src/views/a.ts",
            NEIGHBOUR,
        )]));
    }

    #[test]
    fn an_address_in_a_lock_file_is_found() {
        let lock = r#"{"packages": {"a": {"resolved": "https://host/a.tgz"}}}"#;
        assert_eq!(
            locked_addresses(&[File::new("ui/package-lock.json", lock)]).len(),
            1
        );
        assert_clean(&locked_addresses(&[File::new(
            "ui/package-lock.json",
            "{}",
        )]));
    }
}
