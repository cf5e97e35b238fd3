use serde::Serialize;

use super::Imprint;
use crate::press::{Composed, Paper, compose};
use crate::{Fonts, ReportError};

const TEMPLATE: &str = include_str!("../../templates/wall-board.typ");

/// Input of the boards for the wall (展板), A3 lying, to be read from two metres: figures before and
/// after in large cards, or photos of the same place before and after.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WallBoard {
    /// 版记.
    pub imprint: Imprint,
    /// Title.
    pub title: String,
    /// One line under the title: the plan.
    pub subtitle: String,
    /// Figures, twelve on a sheet.
    pub cards: Vec<WallCard>,
    /// Places with photos, two on a sheet.
    pub pairs: Vec<WallPair>,
    /// Words over the photos: before and after.
    pub stages: [String; 2],
}

/// An indicator (指标).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WallCard {
    /// Name.
    pub name: String,
    /// Unit; may be empty.
    pub measure: String,
    /// 改造前.
    pub before: String,
    /// 改造后; empty while there is no plan.
    pub after: String,
    /// Difference with its sign; may be empty.
    pub change: String,
}

/// A place that was photographed before and after (机位).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WallPair {
    /// Name of the place.
    pub name: String,
    /// Words under the first photo.
    pub before_words: String,
    /// Words under the second photo.
    pub after_words: String,
    /// JPEG before.
    #[serde(skip)]
    pub before: Vec<u8>,
    /// JPEG after; none while there is none.
    #[serde(skip)]
    pub after: Option<Vec<u8>>,
    /// Whether there is a second photo.
    has_after: bool,
}

impl WallPair {
    /// A place with its photos, each with its words.
    #[must_use]
    pub fn new(name: String, before: (Vec<u8>, String), after: Option<(Vec<u8>, String)>) -> Self {
        let has_after = after.is_some();
        let (after, after_words) = after.unzip();
        Self {
            name,
            before_words: before.1,
            after_words: after_words.unwrap_or_default(),
            before: before.0,
            after,
            has_after,
        }
    }
}

impl WallBoard {
    /// Sets the board.
    ///
    /// # Errors
    /// As [`compose`].
    pub(super) fn compose(&self, fonts: &Fonts) -> Result<Composed, ReportError> {
        let names: Vec<[String; 2]> = (0..self.pairs.len())
            .map(|at| ["before", "after"].map(|word| format!("{word}-{at}")))
            .collect();
        let photos = names.iter().zip(&self.pairs).flat_map(|(names, pair)| {
            let after = pair.after.clone().map(|photo| (names[1].as_str(), photo));
            [Some((names[0].as_str(), pair.before.clone())), after]
        });
        let paper = Paper {
            name: "wall-board",
            template: TEMPLATE,
            data: self,
            files: photos.flatten().collect(),
            generated_at: self.imprint.generated_at,
        };
        compose(&[paper], fonts)
    }
}
