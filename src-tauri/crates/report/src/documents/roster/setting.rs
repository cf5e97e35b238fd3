//! A table becomes pages: part by part, and a long part in several goes, so that time and memory grow
//! with its rows and not with their square. The last page of a go is set anew as the first of the
//! next, so that no page stays half empty, and the pages are counted through at the end.

use serde::Serialize;

use super::{Roster, RosterPart, RosterRow};
use crate::press::{Composed, Job, Paper, checksum};
use crate::{Fonts, ReportError};

const TEMPLATE: &str = include_str!("../../../templates/roster.typ");
/// Rows that are set in one go.
const GO: usize = 240;
/// Characters of a cell from which its row may run on to the next page: many more would not fit on one.
const TALL: usize = 150;

/// One go of a long part.
#[derive(Serialize)]
struct Go<'a> {
    #[serde(flatten)]
    roster: &'a Roster,
    goes: bool,
    first: bool,
    last: bool,
}

impl Roster {
    /// Sets the table.
    ///
    /// # Errors
    /// As [`crate::press::compose`].
    pub fn compose(&self, fonts: &Fonts) -> Result<Composed, ReportError> {
        let names = self.picture_names();
        let mut job = Job::new(fonts, self.checksum()?);
        for part in self.volumes() {
            if part.parts[0].rows.len() <= GO {
                let set = job.set(&part.paper(&part, &names))?;
                job.keep(set, usize::MAX);
            } else {
                part.run(&mut job, &names)?;
            }
        }
        job.finish()
    }

    /// Code of the same table as a Word document or workbook: that of the paper.
    ///
    /// # Errors
    /// [`ReportError::Data`].
    pub fn checksum(&self) -> Result<String, ReportError> {
        let names = self.picture_names();
        let volumes = self.volumes();
        let papers: Vec<_> = volumes.iter().map(|one| one.paper(one, &names)).collect();
        checksum(&papers)
    }

    /// Sets the one long part of this table in goes.
    fn run(&self, job: &mut Job<'_>, names: &[String]) -> Result<(), ReportError> {
        let rows = &self.parts[0].rows;
        let mut from = 0;
        job.leave_numbers();
        while from < rows.len() {
            let to = rows.len().min(from + GO);
            let last = to == rows.len();
            let mut some = self.with_rows(rows[from..to].to_vec());
            if !last {
                some.pictures = Vec::new();
            }
            let go = Go {
                roster: &some,
                goes: true,
                first: from == 0,
                last,
            };
            let set = job.set(&some.paper(&go, names))?;
            // Up to a page that begins with a row of its own, where the next go can take over.
            let clean = (1..set.page_count()).rev().find_map(|page| {
                let row = set.first_row_on(page).filter(|row| *row > 0)?;
                (!some.parts[0].rows[row - 1].tall).then_some((page, row))
            });
            match clean.filter(|_| !last) {
                Some((pages, row)) => {
                    job.keep(set, pages);
                    from += row;
                }
                None => {
                    job.keep(set, usize::MAX);
                    from = to;
                }
            }
        }
        job.number(&self.with_rows(Vec::new()))
    }

    /// The same table with other rows in its one part.
    fn with_rows(&self, rows: Vec<RosterRow>) -> Roster {
        let title = self.parts[0].title.clone();
        Roster {
            parts: vec![RosterPart { title, rows }],
            imprint: self.imprint.clone(),
            title: self.title.clone(),
            facts: self.facts.clone(),
            columns: self.columns.clone(),
            pictures: self.pictures.clone(),
            notes: self.notes.clone(),
            blanks: self.blanks.clone(),
            ..*self
        }
    }

    /// One table for each part, at least one; the pictures stand after the last.
    fn volumes(&self) -> Vec<Roster> {
        let mut frame = self.clone();
        frame.parts = Vec::new();
        frame.pictures = Vec::new();
        let mut volumes: Vec<Roster> = self
            .parts
            .iter()
            .map(|part| Roster {
                parts: vec![part.clone()],
                ..frame.clone()
            })
            .collect();
        if volumes.is_empty() {
            frame.parts = vec![RosterPart::default()];
            volumes = vec![frame];
        }
        for part in volumes.iter_mut().flat_map(|one| &mut one.parts) {
            for (at, row) in part.rows.iter_mut().enumerate() {
                if row.photo.is_some() {
                    row.photo_file = format!("photo-{at}");
                }
                row.tall = row.cells.iter().any(|text| text.chars().count() > TALL);
            }
        }
        if let Some(last) = volumes.last_mut() {
            last.pictures.clone_from(&self.pictures);
        }
        volumes
    }

    fn picture_names(&self) -> Vec<String> {
        (0..self.pictures.len())
            .map(|at| format!("picture-{at}.svg"))
            .collect()
    }

    /// This table with its pictures and photos, said by `data`.
    fn paper<'a, T>(&'a self, data: &'a T, names: &'a [String]) -> Paper<'a, T> {
        let pictures = names
            .iter()
            .zip(&self.pictures)
            .map(|(name, picture)| (name.as_str(), picture.svg.clone().into_bytes()));
        let rows = self.parts.iter().flat_map(|part| &part.rows);
        let photos = rows.filter_map(|row| {
            let photo = row.photo.clone()?;
            Some((row.photo_file.as_str(), photo))
        });
        Paper {
            name: "roster",
            template: TEMPLATE,
            data,
            files: pictures.chain(photos).collect(),
            generated_at: self.imprint.generated_at,
        }
    }
}
