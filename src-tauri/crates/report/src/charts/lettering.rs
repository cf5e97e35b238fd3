//! Widths of text without a font at hand: a hanzi is one em wide, Latin letters are estimated from
//! the shipped sans face, never too narrow. All lengths are in px.

/// Estimated width of one character in thousandths of the font size.
fn advance(c: char) -> u32 {
    match c {
        ' ' => 230,
        '0'..='9' => 560,
        '.' | ',' | ':' | ';' | '\'' | 'i' | 'j' | 'l' | 'I' | '!' | '|' => 300,
        '(' | ')' | '[' | ']' | '-' | 'f' | 't' | 'r' | '/' | '"' | '`' => 400,
        '−' | '±' | '+' => 600,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 950,
        'A'..='Z' | '&' => 690,
        '\u{21}'..='\u{7e}' => 590,
        '\u{a0}'..='\u{24f}' => 640,
        '\u{200b}' => 0,
        _ => 1000,
    }
}

/// Estimated width of `text` set at `size` px, rounded up.
pub(super) fn width(text: &str, size: u32) -> i32 {
    let thousandths: u64 = text.chars().map(|c| u64::from(advance(c))).sum();
    i32::try_from((thousandths * u64::from(size)).div_ceil(1000)).unwrap_or(i32::MAX)
}

/// `text` on one line without characters that XML or a line of print cannot hold.
pub(super) fn one_line(text: &str) -> String {
    let visible: String = text
        .chars()
        .map(|c| {
            if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                c
            }
        })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` cut with … so that it is no wider than `room`.
pub(super) fn shorten(text: &str, size: u32, room: i32) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut kept: String = text.to_owned();
    while kept.pop().is_some() {
        let cut = format!("{}…", kept.trim_end());
        if width(&cut, size) <= room {
            return cut;
        }
    }
    String::from("…")
}

/// `text` and the size to set it in: the largest of `sizes` at which it fits into `room`. At the
/// smallest it is cut with …, but never within a number, which would then read as another one.
pub(super) fn fit(text: &str, sizes: &[u32], room: i32) -> (String, u32) {
    let smallest = sizes.last().copied().unwrap_or(1);
    if let Some(size) = sizes
        .iter()
        .copied()
        .find(|size| width(text, *size) <= room)
    {
        return (text.to_owned(), size);
    }
    let cut = shorten(text, smallest, room);
    let kept = cut.trim_end_matches('…').chars().count();
    let in_number = |at: usize| {
        text.chars()
            .nth(at)
            .is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    };
    let halved = kept > 0 && in_number(kept) && in_number(kept - 1);
    (if halved { String::from("…") } else { cut }, smallest)
}

/// `text` broken into at most `lines` lines of `room`; the last one is cut with … if need be.
/// Latin words and numbers stay whole where they fit on a line.
pub(super) fn wrap(text: &str, size: u32, room: i32, lines: usize) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    let mut line = String::new();
    let words = words(text);
    for (at, word) in words.iter().enumerate() {
        let grown = format!("{line}{word}");
        if width(grown.trim_end(), size) <= room {
            line = grown;
            continue;
        }
        if done.len() + 1 == lines {
            let rest: String = words[at..].concat();
            done.push(shorten(&format!("{line}{rest}"), size, room));
            return done;
        }
        if !line.is_empty() {
            done.push(line.trim_end().to_owned());
        }
        line = word.trim_start().to_owned();
        while width(&line, size) > room && done.len() + 1 < lines {
            let head: String = prefix(&line, size, room);
            line = line[head.len()..].to_owned();
            done.push(head);
        }
        if width(&line, size) > room {
            let rest: String = words[at + 1..].concat();
            done.push(shorten(&format!("{line}{rest}"), size, room));
            return done;
        }
    }
    if !line.trim().is_empty() {
        done.push(line.trim_end().to_owned());
    }
    done
}

/// The longest beginning of `text` that fits into `room`, at least one character.
fn prefix(text: &str, size: u32, room: i32) -> String {
    let mut head = String::new();
    for c in text.chars() {
        head.push(c);
        if width(&head, size) > room && head.chars().count() > 1 {
            head.pop();
            break;
        }
    }
    head
}

/// Pieces between which a line may break: each hanzi alone, closing marks with what they follow,
/// opening marks with what they precede, runs of Latin letters and digits together.
fn words(text: &str) -> Vec<String> {
    const NEVER_FIRST: &str = "，。、；：！？）》」』】〉…％%)]},.;:!?";
    const NEVER_LAST: &str = "（《「『【〈([{";
    let mut words: Vec<String> = Vec::new();
    let mut previous = ' ';
    for c in text.chars() {
        let latin = |c: char| c.is_ascii_graphic();
        let glued = NEVER_FIRST.contains(c)
            || NEVER_LAST.contains(previous)
            || c == ' '
            || (latin(c) && latin(previous));
        match words.last_mut() {
            Some(word) if glued => word.push(c),
            _ => words.push(c.to_string()),
        }
        previous = c;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_fit_and_lose_nothing_while_there_is_room() {
        let text = "机动车停车位（含 12 个充电桩车位）";
        let lines = wrap(text, 15, 120, 4);
        assert!(lines.iter().all(|line| width(line, 15) <= 120), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn the_last_line_is_cut_with_an_ellipsis() {
        let lines = wrap(&"甲".repeat(50), 10, 100, 2);
        assert_eq!(lines, vec!["甲".repeat(10), format!("{}…", "甲".repeat(9))]);
    }

    #[test]
    fn a_value_shrinks_before_it_is_cut_and_its_number_stays_whole() {
        assert_eq!(fit("118 个", &[14, 12, 10], 100), ("118 个".to_owned(), 14));
        assert_eq!(fit("118 个", &[14, 12, 10], 31), ("118 个".to_owned(), 10));
        assert_eq!(fit("118 平方米", &[14, 10], 45), ("118 平…".to_owned(), 10));
        assert_eq!(fit("123,456,789", &[14, 10], 40), ("…".to_owned(), 10));
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken() {
        let lines = wrap(&"x".repeat(40), 10, 60, 3);
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| width(line, 10) <= 60), "{lines:?}");
        assert!(lines[2].ends_with('…'));
    }

    #[test]
    fn no_line_begins_with_a_closing_mark() {
        assert_eq!(wrap("车位，车棚", 10, 20, 9), vec!["车", "位，", "车棚"]);
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(one_line("甲\u{1}\n乙\t丙"), "甲 乙 丙");
    }
}
