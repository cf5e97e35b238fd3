//! A look into an .xls before its reader unpacks it: how far its cells reach, which rows and
//! columns are hidden, which cells are formulas. The container (compound file) is followed only
//! as far as its one stream, and never in a circle.

use std::collections::HashSet;

use crate::ExchangeError;

/// What a sheet of an .xls is, apart from its values.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outline {
    pub(super) hidden_rows: Vec<u32>,
    pub(super) hidden_columns: Vec<u32>,
    pub(super) formulas: HashSet<(u32, u32)>,
    first: (u32, u32),
    last: (u32, u32),
    filled: bool,
    oversized: bool,
}

impl Outline {
    /// Cells of the rectangle around the filled cells.
    pub(super) fn rectangle(&self) -> u64 {
        if !self.filled {
            return 0;
        }
        u64::from(self.last.0 - self.first.0 + 1) * u64::from(self.last.1 - self.first.1 + 1)
    }

    fn reach(&mut self, row: u32, column: u32) {
        if !self.filled {
            (self.first, self.last, self.filled) = ((row, column), (row, column), true);
        }
        self.first = (self.first.0.min(row), self.first.1.min(column));
        self.last = (self.last.0.max(row), self.last.1.max(column));
    }
}

/// Outlines of the sheets, in the order of the tabs.
pub(super) fn outlines(bytes: &[u8]) -> Result<Vec<Outline>, ExchangeError> {
    let stream = workbook_stream(bytes).ok_or_else(|| ExchangeError::Damaged {
        detail: "a broken chain in the compound file".to_owned(),
    })?;
    let starts: Vec<usize> = records(&stream)
        .take_while(|(kind, _)| *kind != 0x0a)
        .filter(|(kind, _)| *kind == 0x85)
        .filter_map(|(_, data)| word32(data, 0))
        .map(|start| start as usize)
        .collect();
    let outlines: Vec<Outline> = starts
        .into_iter()
        .map(|start| outline(stream.get(start..).unwrap_or_default()))
        .collect();
    if outlines.iter().any(|outline| outline.oversized) {
        return Err(ExchangeError::Damaged {
            detail: "a sheet larger than the format allows".to_owned(),
        });
    }
    Ok(outlines)
}

fn word(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at + 2)?;
    Some(u32::from(u16::from_le_bytes([bytes[0], bytes[1]])))
}

fn word32(data: &[u8], at: usize) -> Option<u32> {
    Some(word(data, at)? | word(data, at + 2)? << 16)
}

/// Records of a stream: kind and data; ends at the first broken one.
fn records(stream: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (word(rest, 0)?, word(rest, 2)? as usize);
        let data = rest.get(4..4 + length)?;
        rest = &rest[4 + length..];
        Some((kind, data))
    })
}

fn outline(stream: &[u8]) -> Outline {
    let mut outline = Outline::default();
    let mut depth = 0u32;
    for (kind, data) in records(stream) {
        match kind {
            0x0809 | 0x0409 | 0x0209 => depth += 1,
            0x0a => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            _ if depth > 1 => {}
            0x0208 if word(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                outline.hidden_rows.extend(word(data, 0));
            }
            // The extent that the file claims; its reader makes room for all of it at once.
            0x0200 => {
                let wide = data.len() >= 14;
                let at = |short, long| {
                    if wide {
                        word32(data, long)
                    } else {
                        word(data, short)
                    }
                };
                let (rows, columns) = (at(2, 4), word(data, if wide { 10 } else { 6 }));
                outline.oversized |= rows.is_some_and(|rows| rows > 65_536)
                    || columns.is_some_and(|columns| columns > 256);
            }
            0x7d if word(data, 8).is_some_and(|flags| flags & 1 != 0) => {
                if let (Some(first), Some(last)) = (word(data, 0), word(data, 2)) {
                    outline.hidden_columns.extend(first..=last.min(255));
                }
            }
            0x06 | 0x0206 | 0x0406 | 0x0203 | 0x0003 | 0x027e | 0xfd | 0x0204 | 0x0004 | 0x0205
            | 0x0005 | 0xd6 | 0xbd => {
                let (Some(row), Some(column)) = (word(data, 0), word(data, 2)) else {
                    continue;
                };
                outline.reach(row, column);
                if kind == 0xbd {
                    let last = data.len().checked_sub(2).and_then(|at| word(data, at));
                    outline.reach(row, last.unwrap_or(column));
                } else if matches!(kind, 0x06 | 0x0206 | 0x0406) {
                    outline.formulas.insert((row, column));
                }
            }
            _ => {}
        }
    }
    outline
}

const END_OF_CHAIN: u32 = 0xffff_fffa;

struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    table: Vec<u32>,
}

impl Compound<'_> {
    fn sector(&self, number: u32) -> Option<&[u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    /// Joined sectors of a chain; `None` when it runs in a circle or out of the file.
    fn chain(&self, start: u32, table: &[u32]) -> Option<Vec<u32>> {
        let mut chain = Vec::new();
        let mut next = start;
        while next < END_OF_CHAIN {
            if chain.len() > table.len() {
                return None;
            }
            chain.push(next);
            next = *table.get(next as usize)?;
        }
        Some(chain)
    }

    fn read(&self, start: u32) -> Option<Vec<u8>> {
        let mut joined = Vec::new();
        for number in self.chain(start, &self.table)? {
            joined.extend_from_slice(self.sector(number)?);
        }
        Some(joined)
    }
}

/// The stream of the workbook; `None` when a chain is broken.
fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let shift = word(bytes, 30)?;
    if !matches!(shift, 9 | 12) {
        return None;
    }
    let mut file = Compound {
        bytes,
        sector: 1 << shift,
        table: Vec::new(),
    };
    let most = bytes.len() / file.sector + 1;
    let mut tables: Vec<u32> = (0..109)
        .filter_map(|place| word32(bytes, 76 + 4 * place))
        .collect();
    let mut next = word32(bytes, 68)?;
    let mut steps = 0;
    while next < END_OF_CHAIN {
        steps += 1;
        if steps > most {
            return None;
        }
        let sector = file.sector(next)?;
        let entries = sector.len() / 4 - 1;
        tables.extend((0..entries).filter_map(|place| word32(sector, 4 * place)));
        next = word32(sector, 4 * entries)?;
    }
    tables.retain(|number| *number < END_OF_CHAIN);
    if tables.len() > most {
        return None;
    }
    let mut table = Vec::new();
    for number in tables {
        let sector = file.sector(number)?;
        table.extend(sector.chunks_exact(4).filter_map(|entry| word32(entry, 0)));
    }
    file.table = table;
    let directory = file.read(word32(bytes, 48)?)?;
    let named = |names: &[&str]| {
        directory.chunks_exact(128).find(|entry| {
            let length = word(entry, 64).unwrap_or(0).saturating_sub(2).min(62) as usize;
            let units: Vec<u16> = entry[..length]
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                .collect();
            let name = String::from_utf16_lossy(&units);
            names.iter().any(|wanted| name.eq_ignore_ascii_case(wanted))
        })
    };
    let root = named(&["Root Entry"]).or_else(|| named(&["R"]))?;
    let (body, small) = (word32(root, 116)?, word32(bytes, 60)?);
    file.chain(body, &file.table)?;
    file.chain(small, &file.table)?;
    let entry = named(&["Workbook"]).or_else(|| named(&["Book"]))?;
    let (start, length) = (word32(entry, 116)?, word32(entry, 120)? as usize);
    let mut stream = if length >= 4096 {
        file.read(start)?
    } else {
        let small = file.read(small)?;
        let small: Vec<u32> = small
            .chunks_exact(4)
            .filter_map(|entry| word32(entry, 0))
            .collect();
        let body = file.read(body)?;
        let mut joined = Vec::new();
        for number in file.chain(start, &small)? {
            let at = 64 * number as usize;
            joined.extend_from_slice(body.get(at..(at + 64).min(body.len()))?);
        }
        joined
    };
    stream.truncate(length);
    Some(stream)
}
