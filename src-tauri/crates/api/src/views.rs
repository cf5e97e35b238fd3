//! Saved views of the grids, kept with the settings of this computer.

use crate::wire::GridView;
use crate::{ApiError, ErrorCode, KindCode, Session};

/// Letters of a name at most.
const LONGEST_NAME: usize = 30;
/// Views of one grid at most.
const MOST: usize = 50;

impl Session {
    /// The saved views of a kind, in the order in which they were first saved.
    #[must_use]
    pub fn view_list(&self, kind: KindCode) -> Vec<GridView> {
        self.kept
            .views
            .get(kind.code())
            .cloned()
            .unwrap_or_default()
    }

    /// Saves a view; one of the same name is replaced. Gives the list as it then is.
    ///
    /// # Errors
    /// `invalid` for an empty or long name, or when there are too many; when the data folder cannot
    /// be written.
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
        let views = self.kept.views.entry(kind.code().to_owned()).or_default();
        let before = views.clone();
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
        self.keep_views(kind, before)
    }

    /// Forgets a view. Gives the list as it then is.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn view_remove(&mut self, kind: KindCode, name: &str) -> Result<Vec<GridView>, ApiError> {
        let views = self.kept.views.entry(kind.code().to_owned()).or_default();
        let before = views.clone();
        views.retain(|view| view.name != name);
        self.keep_views(kind, before)
    }

    /// Writes the views; what could not be written is not shown either.
    fn keep_views(
        &mut self,
        kind: KindCode,
        before: Vec<GridView>,
    ) -> Result<Vec<GridView>, ApiError> {
        if let Err(error) = self.keep() {
            self.kept.views.insert(kind.code().to_owned(), before);
            return Err(error);
        }
        Ok(self.view_list(kind))
    }
}
