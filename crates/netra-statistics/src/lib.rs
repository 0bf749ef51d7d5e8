//! Statistics that the public can trust: what is counted of a matter, and what of the counts may be shown.
//!
//! **Purpose.** [`facts()`] turns one folded matter, the law and its clocks at a moment into what is counted of it ([`Facts`]).
//! [`publish()`] turns the counts of all matters into public tables ([`Cell`]) with small counts hidden. The words of
//! every figure, the grid of provinces and the figures of others are data below `statistics/` ([`Catalogue`]).
//!
//! **Invariants**, guarded by `tests/`.
//! - Every dimension is a partition: each counted thing has exactly one value, with a value of its own for what is not known.
//!   A total is never kept, it is the sum of its parts, so that parts can't differ from the whole (`recount`).
//! - Facts are a pure function of docket, law, region and moment; they say themselves when they change by mere passing of time.
//! - A matter whose state may not be public has no facts (`recount`).
//! - No hidden count follows from shown ones: no sum has a single hidden part, within one region's tables no combination of sums
//!   gives one, and what is hidden in a shown sum comes to at least the smallest count that may be shown (`suppression`).
//! - Nothing here names or describes a person.
//!
//! **May not know** databases, HTTP, how anything is displayed, the current time.
#![deny(missing_docs)]

mod area;
mod catalogue;
mod dimension;
mod election;
mod facts;
mod figure;
mod publish;
mod suppress;

pub use area::{Area, BadArea, Level};
pub use catalogue::{
    Catalogue, CatalogueError, DimensionEntry, Listed, ReferenceRow, ReferenceSeries, Tile, UnitEntry, ValueEntry,
};
pub use dimension::{Dimension, Row, Unit, Value};
pub use election::{BadSlice, ElectionRef, Slice, election_of};
pub use facts::{Counts, Facts, facts, is_public};
pub use figure::{Figure, FigurePart, Shown, figures, shown};
pub use publish::{Cell, RawCell, publish};
pub use suppress::{Line, suppress};

/// Raised whenever the same docket, law, region and moment give other facts than before.
pub const FACTS: u32 = 1;
