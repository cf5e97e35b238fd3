//! Saved views of the grids, kept in the ledger, so that they travel with the file. Those that an
//! earlier version kept with the settings of the computer are shown until the kind has its own.

use std::collections::BTreeMap;

use crate::wire::GridView;
use crate::{ApiError, ErrorCode, KindCode, Session};

/// Letters of a name at most.
const LONGEST_NAME: usize = 30;
/// Views of one grid at most.
const MOST: usize = 50;
/// Name of the fact of the ledger: views by code of the kind, JSON.
const FACT: &str = "views";

type Views = BTreeMap<String, Vec<GridView>>;

impl Session {
    /// The saved views of a kind, in the order in which they were first saved.
    ///
    /// # Errors
    /// `noLedger`.
    pub fn view_list(&self, kind: KindCode) -> Result<Vec<GridView>, ApiError> {
        Ok(self.views_of(&self.views()?, kind))
    }

    /// Saves a view; one of the same name is replaced. Gives the list as it then is.
    ///
    /// # Errors
    /// `invalid` for an empty or long name, or when there are too many; `readOnly`.
    pub fn view_save(&mut self, kind: KindCode, view: GridView) -> Result<Vec<GridView>, ApiError> {
        let mut view = view;
        view.name = view.name.trim().to_owned();
        if view.name.is_empty() || view.name.chars().count() > LONGEST_NAME {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "视图没有保存",
                format!("视图的名字要有 1 到 {LONGEST_NAME} 个字。"),
                "请另起一个名字再保存。",
            ));
        }
        self.change_views(kind, |views| {
            match views.iter().position(|other| other.name == view.name) {
                Some(place) => views[place] = view,
                None if views.len() >= MOST => {
                    return Err(ApiError::new(
                        ErrorCode::Invalid,
                        "视图没有保存",
                        format!("这张表已经有 {MOST} 个视图了。"),
                        "请先删掉不用的视图。",
                    ));
                }
                None => views.push(view),
            }
            Ok(())
        })
    }

    /// Forgets a view. Gives the list as it then is.
    ///
    /// # Errors
    /// `noLedger`, `readOnly`.
    pub fn view_remove(&mut self, kind: KindCode, name: &str) -> Result<Vec<GridView>, ApiError> {
        self.change_views(kind, |views| {
            views.retain(|view| view.name != name);
            Ok(())
        })
    }

    fn views(&self) -> Result<Views, ApiError> {
        let kept = self.ledger()?.fact(FACT)?;
        Ok(kept
            .and_then(|json| serde_json::from_str(&json).ok())
            .unwrap_or_default())
    }

    fn views_of(&self, views: &Views, kind: KindCode) -> Vec<GridView> {
        let kept = views
            .get(kind.code())
            .or_else(|| self.kept.views.get(kind.code()));
        kept.cloned().unwrap_or_default()
    }

    /// Forgets the views that look for people: names and numbers stand in their filters.
    ///
    /// # Errors
    /// `readOnly`.
    pub(crate) fn forget_views_of_people(&mut self) -> Result<(), ApiError> {
        for kind in KindCode::ALL {
            let people: Vec<&str> = kind.kind().erased().map(|(field, _)| field.code).collect();
            let names = |view: &GridView| {
                let filters = view.filters.iter();
                !view.search.is_empty()
                    || filters
                        .into_iter()
                        .any(|one| people.contains(&one.field.as_str()))
            };
            if !people.is_empty() && self.view_list(kind)?.iter().any(names) {
                self.change_views(kind, |views| {
                    views.retain(|view| !names(view));
                    Ok(())
                })?;
            }
        }
        Ok(())
    }

    fn change_views(
        &mut self,
        kind: KindCode,
        change: impl FnOnce(&mut Vec<GridView>) -> Result<(), ApiError>,
    ) -> Result<Vec<GridView>, ApiError> {
        let mut all = self.views()?;
        let mut views = self.views_of(&all, kind);
        change(&mut views)?;
        all.insert(kind.code().to_owned(), views.clone());
        let json = serde_json::to_string(&all).map_err(|_| ApiError::internal())?;
        self.ledger_to_write()?.set_fact(FACT, &json)?;
        Ok(views)
    }
}
