//! The papers of the office, one module and one template each.

mod one_pager;

pub use one_pager::{
    Figures, FundingLine, IndicatorLine, IssueLine, Money, OnePager, Responsible, Schedule,
    WorkByVerb, WorkLine, render_one_pager,
};
