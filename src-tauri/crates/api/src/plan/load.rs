//! A plan version with what hangs on it, read once for a screen.

use std::collections::HashMap;

use jiugai_domain::comparison::Action;
use jiugai_domain::plan::{PlanState, item_key};
use jiugai_domain::{Field, KindCode, RecordId};
use jiugai_storage::plans::{self, Release};
use jiugai_storage::query::Row;
use jiugai_storage::{Connection, StorageError};

use crate::ApiError;
use crate::assets::{self, Fields, LoadedEffect, load_effects};
use crate::comparison::items_of;

/// A version with its items, their effects and its publication.
pub(crate) struct Version {
    pub(crate) compound: RecordId,
    pub(crate) row: Row,
    pub(crate) items: Vec<Row>,
    pub(crate) effects: Vec<LoadedEffect>,
    pub(crate) release: Option<Release>,
}

impl Version {
    /// Reads a version.
    pub(crate) fn load(conn: &Connection, plan: RecordId) -> Result<Self, ApiError> {
        let record = jiugai_storage::records::get(conn, KindCode::Plan, plan)?
            .ok_or_else(ApiError::not_found)?;
        let compound = record.compound.ok_or_else(ApiError::not_found)?;
        let row = assets::rows(conn, KindCode::Plan, compound)?
            .into_iter()
            .find(|row| row.id == plan)
            .ok_or_else(ApiError::not_found)?;
        let items = items_of(conn, compound, plan)?;
        let effects = load_effects(conn, compound, &items)?;
        let release = plans::releases(conn, compound)?
            .into_iter()
            .find(|release| release.plan == plan);
        Ok(Self {
            compound,
            row,
            items,
            effects,
            release,
        })
    }

    pub(crate) fn fields(&self) -> Fields<'_> {
        Fields::of(KindCode::Plan, &self.row.values)
    }

    pub(crate) fn state(&self) -> PlanState {
        PlanState::from_code(self.fields().text("state")).unwrap_or(PlanState::Draft)
    }

    /// The position of a work item.
    pub(crate) fn position(&self, item: RecordId) -> Option<usize> {
        self.items.iter().position(|row| row.id == item)
    }

    /// What tells each item in every version, with its position.
    pub(crate) fn keys(&self) -> HashMap<String, usize> {
        self.items
            .iter()
            .enumerate()
            .map(|(at, item)| (key_of(item), at))
            .collect()
    }

    /// The assets that the items of this version demolish, by the field that names them, each with
    /// its item.
    pub(crate) fn demolished(&self, target: &Field) -> Vec<(RecordId, RecordId)> {
        self.effects
            .iter()
            .filter(|loaded| loaded.effect.action == Action::Demolish)
            .filter_map(|loaded| {
                let fields = Fields::of(KindCode::Effect, &loaded.row.values);
                let asset = fields.value(target.code).as_id()?;
                Some((asset, loaded.effect.work_item))
            })
            .collect()
    }

    /// Pairs of items of this version with this relation: (item, the other one).
    pub(crate) fn pairs(
        &self,
        conn: &Connection,
        relation: &str,
    ) -> Result<Vec<(usize, usize)>, StorageError> {
        let rows = assets::rows(conn, KindCode::Dependency, self.compound)?;
        let mut pairs: Vec<(usize, usize)> = rows
            .iter()
            .map(|row| Fields::of(KindCode::Dependency, &row.values))
            .filter(|fields| fields.text("relation") == relation)
            .filter_map(|fields| {
                let at = |code: &str| fields.value(code).as_id().and_then(|id| self.position(id));
                at("workItem").zip(at("other"))
            })
            .collect();
        pairs.sort_unstable();
        Ok(pairs)
    }
}

/// The fields of a work item.
pub(crate) fn item(row: &Row) -> Fields<'_> {
    Fields::of(KindCode::WorkItem, &row.values)
}

/// What tells a work item in every version.
pub(crate) fn key_of(row: &Row) -> String {
    let fields = item(row);
    item_key(
        fields.text("number"),
        fields.text("verb"),
        fields.text("name"),
    )
}

/// For each record of a kind that refers to a work item of any version: that item's key.
pub(crate) fn linked(
    conn: &Connection,
    compound: RecordId,
    kind: KindCode,
) -> Result<Vec<(Row, Option<String>)>, StorageError> {
    let keys: HashMap<RecordId, String> = assets::rows(conn, KindCode::WorkItem, compound)?
        .iter()
        .map(|row| (row.id, key_of(row)))
        .collect();
    Ok(assets::rows(conn, kind, compound)?
        .into_iter()
        .map(|row| {
            let item = Fields::of(kind, &row.values).value("workItem").as_id();
            let key = item.and_then(|item| keys.get(&item).cloned());
            (row, key)
        })
        .collect())
}
