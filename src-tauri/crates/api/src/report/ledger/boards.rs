//! 指标展板 and 前后对比展板: for the wall, to be read from two metres.

use jiugai_report::documents::{Document, WallBoard, WallCard, WallPair};

use crate::comparison::{chosen_plan, compare};
use crate::report::Gathered;
use crate::report::one_pager::{indicator_lines, plan_name};
use crate::text::key;
use crate::wire::ReportRequest;
use crate::{ApiError, Session};

/// Pixels of the longer side of a photo: 200 to the inch at 190 mm, seen from afar.
const PAPER_SIDE: u32 = 1_500;

impl Session {
    pub(in crate::report) fn gather_figure_board(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let conn = self.connection()?;
        let compound = key(&request.compound)?;
        let plan = chosen_plan(conn, compound, request.plan.as_deref())?;
        let compared = compare(conn, compound, plan)?;
        // From afar nobody reads two noughts behind a point.
        let text = |text: Option<String>| {
            let text = text.unwrap_or_default();
            text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
        };
        let cards: Vec<WallCard> = indicator_lines(&compared)
            .into_iter()
            .map(|line| WallCard {
                name: line.name,
                measure: line.unit,
                before: text(line.before.or_else(|| Some("—".to_owned()))),
                after: text(line.after),
                change: text(line.change),
            })
            .collect();
        let mut warnings = Vec::new();
        if plan.is_none() {
            warnings.push("这个小区还没有改造方案，展板上只有现状。".to_owned());
        }
        if cards.is_empty() {
            warnings.push("还没有可比的指标。先登记车位、绿地、附属房等。".to_owned());
        }
        let imprint = self.imprint(compound)?;
        let board = WallBoard {
            title: format!("{}改造前后", imprint.compound),
            subtitle: compared.plan.as_ref().map_or_else(String::new, |plan| {
                format!("改造前 → 方案　{}", plan_name(plan))
            }),
            imprint,
            cards,
            ..WallBoard::default()
        };
        Ok(Gathered {
            document: Document::WallBoard(Box::new(board)),
            warnings,
            parameters: vec![self.plan_parameter(compound, plan)?],
        })
    }

    pub(in crate::report) fn gather_photo_board(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let compound = key(&request.compound)?;
        let viewpoints = self.viewpoints(compound, PAPER_SIDE)?;
        let pairs: Vec<WallPair> = viewpoints
            .into_iter()
            .filter_map(|place| {
                let last = place.after.into_iter().chain(place.during).next();
                let first = place.before.into_iter().next()?;
                let after = last.map(|photo| (photo.bytes, photo.words));
                Some(WallPair::new(place.name, (first.bytes, first.words), after))
            })
            .collect();
        let mut warnings = Vec::new();
        if pairs.is_empty() {
            warnings
                .push("还没有写明机位的改造前照片。在“照片与附件”里给照片写上机位。".to_owned());
        }
        let alone = pairs.iter().filter(|pair| pair.after.is_none()).count();
        if alone > 0 {
            warnings.push(format!(
                "有 {alone} 个机位还没有改造后的照片，展板上留了空框。"
            ));
        }
        let imprint = self.imprint(compound)?;
        let board = WallBoard {
            title: format!("{}改造前后对比", imprint.compound),
            imprint,
            pairs,
            stages: ["改造前", "改造后"].map(str::to_owned),
            ..WallBoard::default()
        };
        Ok(Gathered {
            document: Document::WallBoard(Box::new(board)),
            warnings,
            parameters: Vec::new(),
        })
    }
}
