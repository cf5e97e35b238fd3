//! The tags of an XML stream, cheaply: for a look at a few attributes while bytes pass by.

use std::io::{self, Write};

/// A tag longer than this is cut; attributes that are looked for stand at the front.
const TAG_LIMIT: usize = 4096;

/// Passes the tags whose local name begins as wanted, without their brackets, to a function.
pub(crate) struct Tags<'f> {
    wanted: &'f [&'f str],
    on_tag: &'f mut dyn FnMut(&str),
    /// Begin of a tag that the piece before ended in.
    tag: Vec<u8>,
    inside: bool,
    run: u64,
    longest: u64,
}

impl<'f> Tags<'f> {
    pub(crate) fn new(wanted: &'f [&'f str], on_tag: &'f mut dyn FnMut(&str)) -> Self {
        Self {
            wanted,
            on_tag,
            tag: Vec::new(),
            inside: false,
            run: 0,
            longest: 0,
        }
    }

    /// The longest stretch of bytes without a bracket.
    pub(crate) fn longest_run(&self) -> u64 {
        self.longest.max(self.run)
    }

    fn pass(&mut self, tag: &[u8]) {
        if is_wanted(tag, self.wanted)
            && let Ok(tag) = std::str::from_utf8(&tag[..tag.len().min(TAG_LIMIT)])
        {
            (self.on_tag)(tag);
        }
    }
}

/// The name behind the prefix begins with one of these.
fn is_wanted(tag: &[u8], wanted: &[&str]) -> bool {
    let head = &tag[..tag.len().min(16)];
    let prefix = head
        .iter()
        .take_while(|byte| **byte != b' ')
        .position(|byte| *byte == b':')
        .map_or(0, |at| at + 1);
    wanted
        .iter()
        .any(|name| tag[prefix..].starts_with(name.as_bytes()))
}

impl Write for Tags<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        loop {
            let bracket = if self.inside { b'>' } else { b'<' };
            let at = rest.iter().position(|byte| *byte == bracket);
            let piece = &rest[..at.unwrap_or(rest.len())];
            self.run += piece.len() as u64;
            let Some(at) = at else {
                if self.inside {
                    let room = TAG_LIMIT - self.tag.len();
                    self.tag.extend_from_slice(&piece[..piece.len().min(room)]);
                }
                return Ok(bytes.len());
            };
            if self.inside {
                if self.tag.is_empty() {
                    self.pass(piece);
                } else {
                    let room = TAG_LIMIT - self.tag.len();
                    self.tag.extend_from_slice(&piece[..piece.len().min(room)]);
                    let tag = std::mem::take(&mut self.tag);
                    self.pass(&tag);
                }
            }
            self.longest = self.longest.max(self.run);
            self.run = 0;
            self.inside = !self.inside;
            rest = &rest[at + 1..];
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Name of a tag without its prefix: `row` of `x:row r="1"`.
pub(crate) fn local_name(tag: &str) -> &str {
    let name = tag
        .split([' ', '\t', '\r', '\n', '/'])
        .next()
        .unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
}

/// Value of an attribute, by its name without prefix.
pub(crate) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    while let Some(at) = rest.find('=') {
        let key = rest[..at].trim_end();
        let key = key.rsplit([' ', '\t', '\r', '\n', ':']).next()?;
        let after = rest[at + 1..].trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = after[1..].split_once(quote)?;
        if key == name {
            return Some(value);
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_across_pieces() {
        let mut seen = Vec::new();
        let mut on_tag = |tag: &str| seen.push(tag.to_owned());
        let mut tags = Tags::new(&["row", "a"], &mut on_tag);
        for piece in ["<a b=\"1\"><x:ro", "w r='7'", "/>text</a", ">"] {
            tags.write_all(piece.as_bytes()).expect("taken");
        }
        assert_eq!(tags.longest_run(), 12);
        assert_eq!(seen, ["a b=\"1\"", "x:row r='7'/"]);
        assert_eq!(local_name(&seen[1]), "row");
        assert_eq!(attribute(&seen[1], "r"), Some("7"));
        assert_eq!(attribute(&seen[0], "r"), None);
    }
}
